package chat.parley.commands;

import chat.parley.api.KeyedHash;
import chat.parley.api.UsernameClaimId;
import chat.parley.api.Usernames;

/** The one claim of a username in all its letter cases and Unicode forms. */
final class Claims {
    private final KeyedHash hash;

    Claims(KeyedHash hash) {
        this.hash = hash;
    }

    UsernameClaimId of(String username) {
        return new UsernameClaimId(hash.of(KeyedHash.Purpose.USERNAME, Usernames.normalise(username)));
    }
}
