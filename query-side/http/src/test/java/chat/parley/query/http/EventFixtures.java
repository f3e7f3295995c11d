package chat.parley.query.http;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ClientMessageId;
import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.conversation.ConversationEvent.DirectStarted;
import chat.parley.api.conversation.ConversationEvent.GroupStarted;
import chat.parley.api.conversation.ConversationEvent.MemberJoined;
import chat.parley.api.conversation.ConversationEvent.MemberLeft;
import chat.parley.api.conversation.ConversationEvent.MessageSent;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.HistoryAccess;
import chat.parley.api.port.TextProtection;
import chat.parley.testing.FakeTextProtection;
import java.time.Instant;
import java.util.List;

/** Events as people make them. */
final class EventFixtures {
    static final Instant NOON = Instant.parse("2026-01-02T12:00:00.123Z");
    static final UserId ANN = new UserId("ann");
    static final UserId BOB = new UserId("bob");

    private static final TextProtection PROTECTION = FakeTextProtection.legible();

    private EventFixtures() {}

    static ConversationEvent direct(String conversation, UserId by, UserId with) {
        return new DirectStarted(new ConversationId(conversation), by, with, NOON);
    }

    static ConversationEvent group(String conversation, UserId by, HistoryAccess history, UserId... members) {
        ConversationId id = new ConversationId(conversation);
        return new GroupStarted(
                id,
                by,
                PROTECTION.seal(by, "A group", TextProtection.titleContext(id)),
                List.of(members),
                true,
                history,
                NOON);
    }

    static ConversationEvent message(String conversation, UserId by, String text) {
        ConversationId id = new ConversationId(conversation);
        ClientMessageId clientMessageId = new ClientMessageId("m1");
        return new MessageSent(
                id,
                by,
                clientMessageId,
                PROTECTION.seal(by, text, TextProtection.messageContext(id, by, clientMessageId)),
                "hash",
                1,
                null,
                List.of(),
                NOON);
    }

    static ConversationEvent joined(String conversation, UserId user) {
        return new MemberJoined(new ConversationId(conversation), user, user, NOON);
    }

    static ConversationEvent left(String conversation, UserId user) {
        return new MemberLeft(new ConversationId(conversation), user, user, NOON);
    }
}
