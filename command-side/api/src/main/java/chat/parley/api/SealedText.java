package chat.parley.api;

/**
 * Encrypted text as events and read models store it: AES-256-GCM under a key of its author.
 *
 * @param keyId      names the key in the vault; once that key is destroyed, the text reads as erased
 * @param nonce      96 bits, Base64
 * @param ciphertext with its 128-bit tag, Base64
 */
public record SealedText(String keyId, String nonce, String ciphertext) {}
