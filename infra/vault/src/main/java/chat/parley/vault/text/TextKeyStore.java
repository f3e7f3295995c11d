package chat.parley.vault.text;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import java.util.Optional;

/** Where text keys are durable. Each is made once, by the first node that needs it. */
public interface TextKeyStore {
    /**
     * The author's current key, which is created if there is none.
     *
     * @throws chat.parley.api.Refused with {@link chat.parley.api.Refusal#USER_UNAVAILABLE} if the author was erased
     */
    AuthorKey current(UserId author);

    /** Empty if the key was destroyed. */
    Optional<AuthorKey> find(String keyId);

    /** The conversation's keys. If there are none, they are created and begin with this day. */
    KeyChain current(ConversationId conversation, long day);

    Optional<KeyChain> find(ConversationId conversation);
}
