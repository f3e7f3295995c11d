package chat.parley.api.port;

import chat.parley.api.conversation.ConversationId;
import org.jspecify.annotations.Nullable;

/**
 * What a sealed text belongs to; built by the methods of {@link TextProtection}.
 *
 * @param binding      associated data that the ciphertext is bound to
 * @param conversation whose key of the day seals the text together with the author's key, so that the text can expire by
 * age; null for a text that is sealed under the author's key only
 */
public record TextContext(String binding, @Nullable ConversationId conversation) {}
