package chat.parley.vault.wrapping;

/**
 * A key or secret as it is stored.
 *
 * @param by    the name of the key encryption key
 * @param bytes the nonce of 96 bits, the ciphertext and its tag of 128 bits
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record WrappedKey(String by, byte[] bytes) {}
