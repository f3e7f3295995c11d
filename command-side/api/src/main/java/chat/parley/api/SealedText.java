package chat.parley.api;

/**
 * Encrypted text as events and read models store it: AES-256-GCM under a key of its author, or, in a conversation, under
 * one derived from that key and the conversation's key of the day.
 *
 * @param keyId      names the author's key in the vault, for a derived key followed by a dot and the day, counted from
 * 1970-01-01 in UTC; once either key is destroyed, the text reads as erased
 * @param nonce      96 bits, Base64
 * @param ciphertext with its 128-bit tag, Base64
 */
public record SealedText(String keyId, String nonce, String ciphertext) {}
