package chat.parley.domain;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.SealedText;
import chat.parley.api.account.UserId;
import chat.parley.api.contact.BlockPolicy;
import chat.parley.api.conversation.ClientMessageId;
import chat.parley.api.conversation.ConversationCommand.Draft;
import chat.parley.api.conversation.ConversationCommand.SendMessages;
import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.conversation.ConversationEvent.DirectStarted;
import chat.parley.api.conversation.ConversationEvent.GroupStarted;
import chat.parley.api.conversation.ConversationEvent.MemberJoined;
import chat.parley.api.conversation.ConversationEvent.MemberLeft;
import chat.parley.api.conversation.ConversationEvent.MemberRoleChanged;
import chat.parley.api.conversation.ConversationEvent.MessageSent;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.EntryAck;
import chat.parley.api.conversation.HistoryAccess;
import chat.parley.api.conversation.MemberRole;
import chat.parley.api.conversation.SendOutcomes;
import chat.parley.api.port.EntryLookup;
import chat.parley.api.port.SentMessages;
import chat.parley.api.port.TextProtection;
import chat.parley.testing.FakeKeyedHash;
import chat.parley.testing.FakeRelations;
import chat.parley.testing.FakeTextProtection;
import chat.parley.testing.MutableClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.ResultValidator;
import org.hamcrest.Matcher;
import org.hamcrest.Matchers;

/** axon-test for conversations: given a log, when a command, then entries and an answer. */
final class ConversationFixture {
    static final UserId ANN = new UserId("ann");
    static final UserId BEN = new UserId("ben");
    static final UserId CLEO = new UserId("cleo");
    static final UserId DAN = new UserId("dan");
    static final ConversationId GROUP = new ConversationId("group");
    static final int MAX_MEMBERS = 4;

    final MutableClock clock = MutableClock.betweenMilliseconds();
    final FakeTextProtection protection = new FakeTextProtection();
    final FakeKeyedHash hashes = new FakeKeyedHash();
    final FakeRelations relations = new FakeRelations();

    private final AggregateTestFixture<Conversation> fixture = new AggregateTestFixture<>(Conversation.class);
    private final List<ConversationEvent> log = new ArrayList<>();

    ConversationFixture() {
        fixture.registerInjectableResource(clock);
        fixture.registerInjectableResource(protection);
        fixture.registerInjectableResource(hashes);
        fixture.registerInjectableResource(new GroupPolicy(MAX_MEMBERS));
        fixture.registerInjectableResource(new BlockPolicy(relations));
        EntryLookup entries = (conversation, position) ->
                position <= log.size() ? Optional.of(log.get((int) position - 1)) : Optional.empty();
        fixture.registerInjectableResource(entries);
        SentMessages nothingOld = (conversation, sender, id, throughPosition) -> {
            throw new AssertionError("Nothing here is older than the window");
        };
        fixture.registerInjectableResource(nothingOld);
    }

    /** The given events, each a millisecond after the previous one. */
    ConversationFixture given(ConversationEvent... events) {
        log.addAll(List.of(events));
        return this;
    }

    /** Ann's group with Ben. */
    ConversationFixture givenGroup() {
        return given(groupOf(HistoryAccess.SINCE_JOINED, false, BEN));
    }

    ConversationFixture givenOpenGroup() {
        return given(groupOf(HistoryAccess.SINCE_JOINED, true, BEN));
    }

    GroupStarted groupOf(HistoryAccess history, boolean joinable, UserId... others) {
        SealedText title = protection.seal(ANN, "Friday", TextProtection.titleContext(GROUP));
        return new GroupStarted(GROUP, ANN, title, List.of(others), joinable, history, at());
    }

    ConversationFixture givenDirect() {
        return given(new DirectStarted(direct(), ANN, BEN, at()));
    }

    ConversationId direct() {
        return hashes.directConversation(ANN, BEN);
    }

    ConversationFixture givenMessage(UserId by, String id, String text, UserId... mentions) {
        return given(message(by, id, text, mentions));
    }

    MessageSent message(UserId by, String id, String text, UserId... mentions) {
        ConversationId conversation = log.getFirst().conversation();
        ClientMessageId name = new ClientMessageId(id);
        long ordinal = 1 + log.stream().filter(MessageSent.class::isInstance).count();
        return new MessageSent(
                conversation,
                by,
                name,
                protection.seal(by, text, TextProtection.messageContext(conversation, by, name)),
                ContentHash.ofMessage(draft(by, id, text), List.of(mentions), hashes),
                ordinal,
                null,
                List.of(mentions),
                at());
    }

    ConversationFixture givenJoined(UserId user) {
        return given(new MemberJoined(GROUP, ANN, user, at()));
    }

    ConversationFixture givenLeft(UserId user) {
        return given(new MemberLeft(GROUP, user, user, at()));
    }

    ConversationFixture givenRole(UserId user, MemberRole role) {
        return given(new MemberRoleChanged(GROUP, ANN, user, role, at()));
    }

    ResultValidator<Conversation> when(Object command) {
        return (log.isEmpty() ? fixture.givenNoPriorActivity() : fixture.given(log)).when(command);
    }

    static Draft draft(UserId by, String id, String text) {
        return new Draft(by, new ClientMessageId(id), text, null, List.of());
    }

    static SendMessages send(Draft... drafts) {
        return new SendMessages(GROUP, List.of(drafts));
    }

    /** The time of the next entry. */
    Instant at() {
        return MutableClock.START;
    }

    EntryAck ackAt(long position) {
        return new EntryAck(position, at());
    }

    static Matcher<Throwable> refusal(Refusal refusal) {
        return Matchers.hasProperty("message", Matchers.is(new Refused(refusal).getMessage()));
    }

    static SendOutcomes refused(Refusal refusal) {
        return new SendOutcomes(List.of(SendOutcomes.Outcome.refused(refusal)));
    }

    SendOutcomes acceptedAt(long... positions) {
        return new SendOutcomes(java.util.Arrays.stream(positions)
                .mapToObj(position -> SendOutcomes.Outcome.accepted(ackAt(position)))
                .toList());
    }
}
