package chat.parley.testing.conversation;

import chat.parley.api.SealedText;
import chat.parley.api.account.AccountStatus;
import chat.parley.api.account.FindUser.Profile;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ClientMessageId;
import chat.parley.api.conversation.ConversationEvent.MessageEdited;
import chat.parley.api.conversation.ConversationEvent.MessageSent;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.port.TextProtection;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Events and profiles whose texts are sealed as the command side seals them. */
public record SealedEvents(TextProtection protection) {
    /** @param id also decides the content's hash */
    public MessageSent message(
            ConversationId conversation,
            UserId by,
            String id,
            String text,
            long ordinal,
            @Nullable Long replyTo,
            List<UserId> mentions,
            Instant at) {
        ClientMessageId clientMessageId = new ClientMessageId(id);
        return new MessageSent(
                conversation,
                by,
                clientMessageId,
                protection.seal(by, text, TextProtection.messageContext(conversation, by, clientMessageId)),
                "hash-" + id,
                ordinal,
                replyTo,
                mentions,
                at);
    }

    /** @param mentions null as in revision 1 */
    public MessageEdited edit(
            ConversationId conversation,
            UserId by,
            long target,
            String text,
            @Nullable List<UserId> mentions,
            Instant at) {
        SealedText sealed = protection.seal(by, text, TextProtection.editContext(conversation, by, target));
        return new MessageEdited(conversation, by, target, sealed, mentions, "hash", at);
    }

    public SealedText title(ConversationId conversation, UserId by, String text) {
        return protection.seal(by, text, TextProtection.titleContext(conversation));
    }

    /** An active user without roles and devices. */
    public Profile profile(UserId user, String username, String displayName) {
        return new Profile(
                user,
                protection.seal(user, username, TextProtection.usernameContext(user)),
                protection.seal(user, displayName, TextProtection.displayNameContext(user)),
                AccountStatus.ACTIVE,
                Set.of(),
                List.of());
    }
}
