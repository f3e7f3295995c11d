package chat.parley.projections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.SealedText;
import chat.parley.api.account.UserId;
import chat.parley.api.audit.FindEntryAccess;
import chat.parley.api.audit.FindEntryAccess.Access;
import chat.parley.api.audit.FindEntryAccess.Reader;
import chat.parley.api.audit.FindEntryAccess.Reading;
import chat.parley.api.audit.FindEntryAccess.Version;
import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.conversation.ConversationEvent.GroupStarted;
import chat.parley.api.conversation.ConversationEvent.MemberJoined;
import chat.parley.api.conversation.ConversationEvent.MemberLeft;
import chat.parley.api.conversation.ConversationEvent.MessageEdited;
import chat.parley.api.conversation.ConversationEvent.MessageRetracted;
import chat.parley.api.conversation.ConversationEvent.MessageSent;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.HistoryAccess;
import chat.parley.api.conversation.RecordedEntry;
import chat.parley.api.inbox.ReadMarkEvent;
import chat.parley.api.inbox.ReadMarkEvent.ReadMarkMoved;
import chat.parley.eventprocessing.batch.RecordedEvent;
import chat.parley.testing.conversation.ReferenceModel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

/** Who could read a message, from when, in which versions, and who read it. */
class MessageAccessTest {
    private static final ConversationId GROUP = new ConversationId("group");
    private static final UserId ANN = new UserId("ann");
    private static final UserId BEN = new UserId("ben");
    private static final UserId CLEO = new UserId("cleo");
    private static final Instant START = Instant.parse("2026-11-21T09:30:00.123Z");

    @Property(tries = 15)
    void isWhatEachUserCouldReadAtEachMoment(
            @ForAll @Size(min = 1, max = 80)
                    List<@IntRange(max = ReadModelMatchesEventsTest.MAX_NUMBER) Integer> numbers,
            @ForAll @IntRange(max = 10_000) int which) {
        AuditedHistory history = AuditedHistory.random(numbers);
        List<RecordedEvent> all = history.events();
        for (ConversationId conversation : RandomHistory.CONVERSATIONS) {
            List<RecordedEvent> messages = all.stream()
                    .filter(recorded -> recorded.payload() instanceof MessageSent sent
                            && sent.conversation().equals(conversation))
                    .toList();
            if (messages.isEmpty()) {
                continue;
            }
            long position = messages.get(which % messages.size()).position();
            Access access = history.audit.handle(new FindEntryAccess(conversation, position));
            assertThat(access.readers())
                    .containsExactlyInAnyOrderElementsOf(RandomHistory.USERS.stream()
                            .map(user -> expected(user, conversation, position, all))
                            .filter(reader -> !reader.readings().isEmpty())
                            .toList());
        }
    }

    /** Looks at every moment of the whole history. */
    private static Reader expected(UserId user, ConversationId conversation, long position, List<RecordedEvent> all) {
        List<Reading> readings = new ArrayList<>();
        Instant read = null;
        for (int i = 1; i <= all.size(); i++) {
            RecordedEvent newest = all.get(i - 1);
            ReferenceModel then = EventHistoryFixture.reference(conversation, all.subList(0, i));
            if (then.head() < position || !isOf(conversation, newest.payload())) {
                continue;
            }
            if (read == null && then.readPosition(user) >= position) {
                read = at(newest.payload());
            }
            if (newest.payload() instanceof ConversationEvent
                    && then.visible(user).contains(position)) {
                long version = version(then.entry(user, position));
                if (readings.isEmpty() || readings.getLast().version() != version) {
                    readings.add(new Reading(version, newest.position(), at(newest.payload())));
                }
            }
        }
        ReferenceModel now = EventHistoryFixture.reference(conversation, all);
        Long left = now.members().contains(user) || readings.isEmpty()
                ? null
                : now.visible(user).getLast();
        return new Reader(user, readings, left, read);
    }

    private static boolean isOf(ConversationId conversation, Object payload) {
        return switch (payload) {
            case ConversationEvent event -> event.conversation().equals(conversation);
            case ReadMarkEvent event -> event.conversation().equals(conversation);
            default -> false;
        };
    }

    private static Instant at(Object payload) {
        return payload instanceof ConversationEvent event ? event.at() : ((ReadMarkEvent) payload).at();
    }

    private static long version(RecordedEntry entry) {
        return Objects.requireNonNullElse(
                entry.retractedBy(), Objects.requireNonNullElse(entry.editedBy(), entry.position()));
    }

    @Example
    void countsNoVersionThatWasReplacedWhileTheUserWasAway() {
        AuditedHistory history = group(HistoryAccess.ALL);
        history.add(message(2));
        history.add(new MemberLeft(GROUP, BEN, BEN, at(3)));
        history.add(edited(4));
        history.add(edited(5));
        history.add(new MemberJoined(GROUP, ANN, BEN, at(6)));
        history.add(new MemberJoined(GROUP, ANN, CLEO, at(7)));
        history.add(new MessageRetracted(GROUP, ANN, 2, at(8)));

        Access access = access(history, 2);

        assertThat(access.versions())
                .containsExactly(
                        new Version(2, message(2)),
                        new Version(4, edited(4)),
                        new Version(5, edited(5)),
                        new Version(8, new MessageRetracted(GROUP, ANN, 2, at(8))));
        assertThat(access.readers())
                .containsExactly(
                        reader(ANN, null, at(2), reading(2, 2), reading(4, 4), reading(5, 5), reading(8, 8)),
                        reader(BEN, null, null, reading(2, 2), reading(5, 6), reading(8, 8)),
                        reader(CLEO, null, null, reading(5, 7), reading(8, 8)));
    }

    @Example
    void endsForAUserWhoLeft() {
        AuditedHistory history = group(HistoryAccess.SINCE_JOINED);
        history.add(message(2));
        history.add(new ReadMarkMoved(GROUP, BEN, 1, at(2).plusMillis(1)));
        history.add(new ReadMarkMoved(GROUP, BEN, 2, at(2).plusMillis(2)));
        history.add(new MemberLeft(GROUP, BEN, BEN, at(3)));
        history.add(edited(4));
        history.add(new MemberJoined(GROUP, ANN, CLEO, at(5)));

        assertThat(access(history, 2).readers())
                .containsExactly(
                        reader(ANN, null, at(2), reading(2, 2), reading(4, 4)),
                        reader(BEN, 3L, at(2).plusMillis(2), reading(2, 2)));
    }

    @Example
    void isRefusedWhereThereIsNoMessage() {
        AuditedHistory history = group(HistoryAccess.ALL);
        history.add(message(2));
        history.add(edited(3));

        assertThat(refusal(history, GROUP, 0)).isEqualTo(Refusal.POSITION_NOT_FOUND);
        assertThat(refusal(history, GROUP, 4)).isEqualTo(Refusal.POSITION_NOT_FOUND);
        assertThat(refusal(history, GROUP, 1)).isEqualTo(Refusal.NOT_A_MESSAGE);
        assertThat(refusal(history, GROUP, 3)).isEqualTo(Refusal.NOT_A_MESSAGE);
        assertThat(refusal(history, new ConversationId("unknown"), 1)).isEqualTo(Refusal.CONVERSATION_NOT_FOUND);
    }

    private static Refusal refusal(AuditedHistory history, ConversationId conversation, long position) {
        return Refused.in(catchThrowable(() -> history.audit.handle(new FindEntryAccess(conversation, position))))
                .orElseThrow();
    }

    private static Access access(AuditedHistory history, long position) {
        return history.audit.handle(new FindEntryAccess(GROUP, position));
    }

    private static Reader reader(UserId user, @Nullable Long left, @Nullable Instant read, Reading... readings) {
        return new Reader(user, List.of(readings), left, read);
    }

    private static Reading reading(long version, long since) {
        return new Reading(version, since, at(since));
    }

    private static AuditedHistory group(HistoryAccess access) {
        AuditedHistory history = new AuditedHistory();
        history.add(new GroupStarted(GROUP, ANN, new SealedText("k", "n", "t"), List.of(BEN), false, access, at(1)));
        return history;
    }

    private static Instant at(long position) {
        return START.plusSeconds(position);
    }

    private static MessageSent message(long position) {
        return RandomHistory.message(GROUP, ANN, "m" + position, "text", position - 1, List.of(), at(position));
    }

    private static MessageEdited edited(long position) {
        return new MessageEdited(
                GROUP, ANN, 2, new SealedText("k", "n", "edit " + position), List.of(), "hash", at(position));
    }
}
