package chat.parley.projections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.SealedText;
import chat.parley.api.account.AccountEvent.DeviceRegistered;
import chat.parley.api.account.DeviceId;
import chat.parley.api.account.UserId;
import chat.parley.api.audit.EntryWindow;
import chat.parley.api.audit.FindConversationAt;
import chat.parley.api.audit.FindConversationAt.Participant;
import chat.parley.api.audit.FindConversationAt.Past;
import chat.parley.api.audit.FindConversationAt.Reaction;
import chat.parley.api.audit.FindConversationAt.State;
import chat.parley.api.audit.FindConversationChanges.Changes;
import chat.parley.api.audit.Moment;
import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.conversation.ConversationEvent.GroupStarted;
import chat.parley.api.conversation.ConversationEvent.MemberJoined;
import chat.parley.api.conversation.ConversationEvent.MemberLeft;
import chat.parley.api.conversation.ConversationEvent.MessageEdited;
import chat.parley.api.conversation.ConversationEvent.MessageRetracted;
import chat.parley.api.conversation.ConversationEvent.MessageSent;
import chat.parley.api.conversation.ConversationEvent.ReactionChanged;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.FindConversation;
import chat.parley.api.conversation.FindConversation.Details;
import chat.parley.api.conversation.FindConversation.Member;
import chat.parley.api.conversation.FindEntries;
import chat.parley.api.conversation.FindPins;
import chat.parley.api.conversation.HistoryAccess;
import chat.parley.api.conversation.RecordedEntry;
import chat.parley.api.inbox.FindInbox;
import chat.parley.api.inbox.ReadMarkEvent.ReadMarkMoved;
import chat.parley.eventprocessing.batch.RecordedEvent;
import chat.parley.testing.conversation.ReferenceModel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;

/** A conversation at a moment is what a read model of the events up to that moment serves. */
class PastConversationTest {
    private static final ConversationId GROUP = new ConversationId("group");
    private static final UserId ANN = new UserId("ann");
    private static final UserId BEN = new UserId("ben");
    private static final Instant START = Instant.parse("2026-11-21T09:30:00.123Z");

    @Property(tries = 10)
    void isWhatTheReadModelServesNow(
            @ForAll @Size(min = 1, max = 150)
                    List<@IntRange(max = ReadModelMatchesEventsTest.MAX_NUMBER) Integer> numbers) {
        AuditedHistory history = AuditedHistory.random(numbers);
        for (ConversationId conversation : RandomHistory.CONVERSATIONS) {
            State now = history.at(conversation, null, null);
            check(now, history, history.events(), history.model);
        }
    }

    @Property(tries = 10)
    void isWhatTheReadModelServedThen(
            @ForAll @Size(min = 1, max = 150)
                    List<@IntRange(max = ReadModelMatchesEventsTest.MAX_NUMBER) Integer> numbers,
            @ForAll @IntRange(max = 10_000) int when) {
        AuditedHistory history = AuditedHistory.random(numbers);
        List<RecordedEvent> all = history.events();
        for (ConversationId conversation : RandomHistory.CONVERSATIONS) {
            ReferenceModel whole = EventHistoryFixture.reference(conversation, all);
            long position = 1 + when % whole.head();
            List<RecordedEvent> until = all.subList(0, Math.toIntExact(whole.index(position) + 1));
            ReadModelHolder then = new ReadModelHolder();
            then.write(until);
            State state = history.at(conversation, position, null);
            assertThat(state.position()).isEqualTo(position);
            check(state, history, until, then);
            assertThat(history.at(conversation, null, state.at())).isEqualTo(state);
        }
    }

    @Property(tries = 10)
    void changesAreTheTwoMomentsAndTheEntriesBetween(
            @ForAll @Size(min = 1, max = 150)
                    List<@IntRange(max = ReadModelMatchesEventsTest.MAX_NUMBER) Integer> numbers,
            @ForAll @IntRange(max = 10_000) int first,
            @ForAll @IntRange(max = 10_000) int second) {
        AuditedHistory history = AuditedHistory.random(numbers);
        for (ConversationId conversation : RandomHistory.CONVERSATIONS) {
            long head = EventHistoryFixture.reference(conversation, history.events())
                    .head();
            long from = 1 + Math.min(first, second) % head;
            State since = history.at(conversation, from + (head - from) * second / 10_000, null);
            for (Moment to : List.of(Moment.after(since.position()), Moment.at(since.at()), Moment.NOW)) {
                Changes changes = history.changes(conversation, Moment.after(from), to);
                State end = history.at(conversation, to.position(), to.at());
                assertThat(changes.from()).isEqualTo(history.at(conversation, from, null));
                assertThat(changes.to()).isEqualTo(end);
                assertThat(changes.entries())
                        .isEqualTo(history.entries(conversation, end.position(), EntryWindow.after(from, 1_000)));
            }
        }
    }

    @Example
    void changesBackwardsAreRefused() {
        AuditedHistory history = group(HistoryAccess.SINCE_JOINED);
        history.add(message(2));
        history.add(message(3));

        List<List<Moment>> reversed = List.of(
                List.of(Moment.after(3), Moment.after(2)),
                List.of(Moment.at(at(3)), Moment.at(at(2))),
                List.of(Moment.after(3), Moment.at(at(2))),
                List.of(Moment.at(at(9)), Moment.after(3)),
                List.of(Moment.NOW, Moment.at(at(9))));
        for (List<Moment> moments : reversed) {
            assertThat(refusal(() -> history.changes(GROUP, moments.getFirst(), moments.getLast())))
                    .isEqualTo(Refusal.INVALID_PARAMETER);
        }
        assertThat(history.changes(GROUP, Moment.after(3), Moment.NOW).entries())
                .isEmpty();
    }

    private static void check(State state, AuditedHistory history, List<RecordedEvent> until, ReadModelHolder then) {
        ConversationId id = state.conversation();
        ReferenceModel oracle = EventHistoryFixture.reference(id, until);
        assertThat(state.position()).isEqualTo(oracle.head());
        assertThat(state.title()).isEqualTo(oracle.titleAsOf(oracle.head()));
        assertThat(state.messages())
                .isEqualTo(events(until, id, MessageSent.class).size());
        assertThat(state.reactions()).containsExactlyInAnyOrderElementsOf(reactions(until, id));
        assertThat(state.members()).extracting(Participant::user).hasSameElementsAs(oracle.members());
        for (Participant member : state.members()) {
            Details details =
                    then.inboxes.handle(new FindConversation(member.user(), id)).join();
            assertThat(state.kind()).isEqualTo(details.kind());
            assertThat(state.history()).isEqualTo(details.history());
            assertThat(state.joinable()).isEqualTo(details.joinable());
            assertThat(state.members())
                    .extracting(each -> new Member(each.user(), each.role()))
                    .isEqualTo(details.members());
            assertThat(member.readPosition())
                    .isEqualTo(then.inboxes
                            .handle(new FindInbox.Place(member.user(), id))
                            .readPosition());
            if (oracle.visible(member.user()).size() == oracle.head()) {
                checkForAMemberWhoSawAll(state, history, member.user(), then);
            }
        }
        checkEntries(id, history, oracle);
    }

    private static void checkForAMemberWhoSawAll(
            State state, AuditedHistory history, UserId user, ReadModelHolder then) {
        ConversationId id = state.conversation();
        assertThat(state.pins())
                .isEqualTo(then.inboxes.handle(new FindPins(user, id)).join().pins());
        assertThat(history.entries(id, state.position(), EntryWindow.newest(1_000)))
                .isEqualTo(
                        then
                                .entries
                                .handle(new FindEntries(user, id, null, null, null, 1_000, null))
                                .join()
                                .entries()
                                .stream()
                                // An answer about the past has the reactions beside the entries.
                                .map(entry -> entry.with(List.of()))
                                .toList());
    }

    private static void checkEntries(ConversationId id, AuditedHistory history, ReferenceModel oracle) {
        long head = oracle.head();
        List<RecordedEntry> all =
                LongStream.rangeClosed(1, head).mapToObj(oracle::entry).toList();
        assertThat(history.entries(id, head, EntryWindow.newest(1_000))).isEqualTo(all);
        long middle = 1 + head / 2;
        assertThat(history.entries(id, head, EntryWindow.after(middle, 3)))
                .isEqualTo(all.stream()
                        .filter(entry -> entry.position() > middle)
                        .limit(3)
                        .toList());
        assertThat(history.entries(id, head, new EntryWindow(null, middle, 3)))
                .isEqualTo(all.stream()
                        .filter(entry -> entry.position() < middle)
                        .skip(Math.max(0, middle - 4))
                        .toList());
    }

    private static <E> List<E> events(List<RecordedEvent> until, ConversationId id, Class<E> type) {
        return until.stream()
                .map(RecordedEvent::payload)
                .filter(payload -> payload instanceof ConversationEvent event
                        && event.conversation().equals(id))
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    /** All of a random history have the same emoji. */
    private static List<Reaction> reactions(List<RecordedEvent> until, ConversationId id) {
        Map<Long, Reaction> byTarget = new LinkedHashMap<>();
        for (ReactionChanged changed : events(until, id, ReactionChanged.class)) {
            Reaction before = byTarget.get(changed.target());
            List<UserId> users = before == null ? new ArrayList<>() : new ArrayList<>(before.users());
            if (!changed.added()) {
                users.remove(changed.by());
            } else if (!users.contains(changed.by())) {
                users.add(changed.by());
            }
            byTarget.put(changed.target(), new Reaction(changed.target(), changed.emoji(), users));
        }
        return byTarget.values().stream()
                .filter(reaction -> !reaction.users().isEmpty())
                .toList();
    }

    @Example
    void readsAMessageAsItWasAfterEachChange() {
        AuditedHistory history = group(HistoryAccess.SINCE_JOINED);
        history.add(message(2));
        history.add(edited(3));
        history.add(edited(4));
        history.add(new MessageRetracted(GROUP, ANN, 2, at(5)));

        assertThat(history.message(GROUP, 2, 2).edit()).isNull();
        // The read model does not keep the first edit, because everybody who may see it may see the second.
        assertThat(history.message(GROUP, 2, 3).edit()).isEqualTo(edited(3));
        assertThat(history.message(GROUP, 2, 4).edit()).isEqualTo(edited(4));
        assertThat(history.message(GROUP, 2, 4).retractedBy()).isNull();
        assertThat(history.message(GROUP, 2, 5).retractedBy()).isEqualTo(5);
    }

    @Example
    void hasTheReadMarksUpToItsTime() {
        AuditedHistory history = group(HistoryAccess.SINCE_JOINED);
        history.add(message(2));
        history.add(new ReadMarkMoved(GROUP, BEN, 2, at(3)));
        history.add(message(3, at(4)));
        history.add(new ReadMarkMoved(GROUP, BEN, 3, at(5)));

        assertThat(readByBen(history, 2L, null)).isZero();
        assertThat(readByBen(history, null, at(2))).isZero();
        assertThat(readByBen(history, null, at(3))).isEqualTo(2);
        assertThat(readByBen(history, 3L, null)).isEqualTo(2);
        assertThat(readByBen(history, null, null)).isEqualTo(3);
    }

    private static long readByBen(AuditedHistory history, @Nullable Long position, @Nullable Instant at) {
        return history.at(GROUP, position, at).members().stream()
                .filter(member -> member.user().equals(BEN))
                .mapToLong(Participant::readPosition)
                .sum();
    }

    @Example
    void hasNoMemberWhoLeftUntilTheyComeBack() {
        AuditedHistory history = group(HistoryAccess.SINCE_JOINED);
        history.add(new MemberLeft(GROUP, BEN, BEN, at(2)));
        history.add(new MemberJoined(GROUP, ANN, BEN, at(3)));

        assertThat(members(history, 1)).containsExactly(ANN, BEN);
        assertThat(members(history, 2)).containsExactly(ANN);
        assertThat(members(history, 3)).containsExactly(ANN, BEN);
    }

    private static List<UserId> members(AuditedHistory history, long position) {
        return history.at(GROUP, position, null).members().stream()
                .map(Participant::user)
                .toList();
    }

    @Example
    void isTheNewestOfSeveralEntriesOfOneTime() {
        AuditedHistory history = group(HistoryAccess.SINCE_JOINED);
        history.add(message(2, at(2)));
        history.add(message(3, at(2)));
        history.add(message(4, at(3)));

        assertThat(history.at(GROUP, null, at(2)).position()).isEqualTo(3);
        assertThat(history.at(GROUP, null, at(3).minusNanos(1)).position()).isEqualTo(3);
        assertThat(history.at(GROUP, null, Instant.MAX).position()).isEqualTo(4);
    }

    @Example
    void isRefusedWhereThereIsNoSuchMoment() {
        AuditedHistory history = group(HistoryAccess.SINCE_JOINED);
        history.add(message(2));
        history.add(new DeviceRegistered(ANN, new DeviceId("phone"), START));

        for (long position : new long[] {Long.MIN_VALUE, -1, 0, 3, Long.MAX_VALUE}) {
            assertThat(refusal(() -> history.at(GROUP, position, null))).isEqualTo(Refusal.POSITION_NOT_FOUND);
        }
        assertThat(refusal(() -> history.at(GROUP, null, at(1).minusNanos(1)))).isEqualTo(Refusal.POSITION_NOT_FOUND);
        assertThat(refusal(() -> history.at(GROUP, null, Instant.MIN))).isEqualTo(Refusal.POSITION_NOT_FOUND);
        assertThat(refusal(() -> history.at(GROUP, 1L, at(1)))).isEqualTo(Refusal.INVALID_PARAMETER);
        assertThat(refusal(() -> history.at(new ConversationId("unknown"), null, null)))
                .isEqualTo(Refusal.CONVERSATION_NOT_FOUND);
        assertThat(refusal(() -> history.at(new ConversationId(ANN.value()), null, null)))
                .isEqualTo(Refusal.CONVERSATION_NOT_FOUND);
    }

    private static Refusal refusal(ThrowingCallable asked) {
        return Refused.in(catchThrowable(asked)).orElseThrow();
    }

    @Example
    void waitsForTheReadModel() {
        try (ReadSide side = new ReadSide()) {
            new RandomHistory(side.data::publish)
                    .play(LongStream.range(0, 200).mapToObj(Math::toIntExact).toList());
            long head = EventHistoryFixture.reference(RandomHistory.SINCE, side.data.history.events())
                    .head();

            Past past = side.ask(
                            new FindConversationAt(RandomHistory.SINCE, Moment.after(head), EntryWindow.newest(1_000)),
                            Past.class)
                    .join();

            assertThat(past.entries()).hasSize(Math.toIntExact(head));
        }
    }

    private static AuditedHistory group(HistoryAccess access) {
        AuditedHistory history = new AuditedHistory();
        history.add(new GroupStarted(GROUP, ANN, new SealedText("k", "n", "t"), List.of(BEN), false, access, at(1)));
        return history;
    }

    /** The time of the entry at this position, if there is one per second. */
    private static Instant at(long position) {
        return START.plusSeconds(position);
    }

    private static MessageSent message(long position) {
        return message(position, at(position));
    }

    private static MessageSent message(long position, Instant at) {
        return RandomHistory.message(GROUP, ANN, "m" + position, "text", position - 1, List.of(), at);
    }

    private static MessageEdited edited(long position) {
        return new MessageEdited(
                GROUP, ANN, 2, new SealedText("k", "n", "edit " + position), List.of(), "hash", at(position));
    }
}
