package chat.parley.vault.text;

import chat.parley.api.account.UserId;

/** A key of an author, decrypted. */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record AuthorKey(String keyId, UserId author, byte[] key) {}
