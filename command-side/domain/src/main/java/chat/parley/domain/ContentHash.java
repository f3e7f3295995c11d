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
 * What makes two messages the same content. The parts are separated by line breaks, which no id has, and the text comes
 * last, so that no two contents are written alike.
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

    /** Whether a message, never edited, says already what this edit says. */
    static boolean isOf(MessageSent message, EditMessage edit, List<UserId> mentions, KeyedHash hashes) {
        Draft same = new Draft(edit.by(), message.clientMessageId(), edit.text(), message.replyTo(), mentions);
        return message.contentHash().equals(ofMessage(same, mentions, hashes));
    }

    /** Whether this edit says what the newest one said; an edit of before left the mentions as the message has them. */
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
