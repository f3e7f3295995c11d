package chat.parley.api;

/**
 * Text as events and read models keep it: AES-256-GCM under a key of its author.
 *
 * @param keyId      names the key in the vault; when that key is gone, the text reads as erased
 * @param nonce      96 bits, Base64
 * @param ciphertext with its 128-bit tag, Base64
 */
public record Sealed(String keyId, String nonce, String ciphertext) {}
