package chat.parley.domain;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ClientMessageId;
import chat.parley.api.conversation.ConversationCommand.Draft;
import chat.parley.api.conversation.ConversationCommand.SendMessages;
import chat.parley.api.conversation.ConversationId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Client message ids, and batches of messages. */
final class MessageFixtures {
    private static final long VERSION_7 = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private MessageFixtures() {}

    static ClientMessageId v7(long millis, long tail) {
        return new ClientMessageId(new UUID(millis << 16 | VERSION_7, VARIANT | tail).toString());
    }

    static Draft draft(UserId by, ClientMessageId id, String text) {
        return new Draft(by, id, text, null, List.of());
    }

    /** Enough messages to evict all earlier ones from the window, with UUIDv7 ids from {@code millis} on. */
    static List<SendMessages> flood(ConversationId conversation, UserId by, long millis) {
        List<Draft> drafts = new ArrayList<>();
        for (int i = 0; i < DeduplicationWindow.SIZE; i++) {
            drafts.add(draft(by, v7(millis + i, i), "flood " + i));
        }
        List<SendMessages> batches = new ArrayList<>();
        for (int i = 0; i < drafts.size(); i += SendMessages.MAX_MESSAGES) {
            batches.add(new SendMessages(conversation, drafts.subList(i, i + SendMessages.MAX_MESSAGES)));
        }
        return batches;
    }
}
