package chat.parley.domain;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationCommand.Draft;
import chat.parley.api.conversation.ConversationCommand.EditMessage;
import chat.parley.api.conversation.ConversationEvent.MessageEdited;
import chat.parley.api.conversation.ConversationEvent.MessageSent;
import chat.parley.api.port.KeyedHash;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The keyed hash by which two messages are compared. The parts are joined by line breaks, which ids cannot contain, and
 * the text comes last, so that different contents never produce the same input.
 */
final class ContentHash {
    private ContentHash() {}

    static String ofMessage(Draft draft, List<UserId> mentions, KeyedHash hashes) {
        String replyTo = draft.replyTo() == null ? "" : Long.toString(draft.replyTo());
        return of("message", draft.by(), replyTo, mentions, draft.text(), hashes);
    }

    static String ofEdit(EditMessage edit, List<UserId> mentions, KeyedHash hashes) {
        return of("edit", edit.by(), Long.toString(edit.target()), mentions, edit.text(), hashes);
    }

    /** Whether this edit equals the message, which has not been edited yet. */
    static boolean isOf(MessageSent message, EditMessage edit, List<UserId> mentions, KeyedHash hashes) {
        Draft same = new Draft(edit.by(), message.clientMessageId(), edit.text(), message.replyTo(), mentions);
        return message.contentHash().equals(ofMessage(same, mentions, hashes));
    }

    /**
     * Whether this edit equals the newest edit. An edit of revision 1 has no mentions and left the message's mentions
     * unchanged.
     */
    static boolean isOf(
            MessageEdited newest, MessageSent message, EditMessage edit, List<UserId> mentions, KeyedHash hashes) {
        return newest.mentions() == null
                ? mentions.equals(message.mentions()) && newest.contentHash().equals(ofEdit(edit, List.of(), hashes))
                : newest.contentHash().equals(ofEdit(edit, mentions, hashes));
    }

    private static String of(
            String kind, UserId by, String position, List<UserId> mentions, String text, KeyedHash hashes) {
        String mentioned = mentions.stream().map(UserId::value).collect(Collectors.joining(","));
        return hashes.of(
                KeyedHash.Purpose.MESSAGE_CONTENT, String.join("\n", kind, by.value(), position, mentioned, text));
    }
}
