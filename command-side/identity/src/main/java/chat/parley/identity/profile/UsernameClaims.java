package chat.parley.identity.profile;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.UsernameClaimId;
import chat.parley.api.port.KeyedHash;
import chat.parley.api.port.KeyedHash.Purpose;
import chat.parley.api.text.TextRules;
import chat.parley.api.text.Usernames;
import java.util.List;

/**
 * The claims of a username: one claim stands for the name in all its letter cases and Unicode forms, others stand for
 * what the name looks like. These methods do not check whether the name is valid by today's rules, so that users with
 * an older name can still log in.
 */
public final class UsernameClaims {
    private final KeyedHash hash;

    public UsernameClaims(KeyedHash hash) {
        this.hash = hash;
    }

    /** @throws Refused {@link Refusal#USERNAME_INVALID} if no account can have this name */
    public UsernameClaimId of(String username) {
        return claim(Purpose.USERNAME, Usernames.fold(storable(username)));
    }

    /** The claim of this name by the rules before Unicode case folding. Most often it is the same. */
    public UsernameClaimId ofBefore(String username) {
        return claim(Purpose.USERNAME, Usernames.foldOfBefore(storable(username)));
    }

    /** The claims of the looks. The holder of these claims holds every name that looks like this one. */
    List<UsernameClaimId> ofLooks(String username) {
        return Usernames.looksOf(storable(username)).stream()
                .map(look -> claim(Purpose.USERNAME_LOOK, look))
                .toList();
    }

    private UsernameClaimId claim(Purpose purpose, String form) {
        return new UsernameClaimId(hash.of(purpose, form));
    }

    private static String storable(String username) {
        if (!TextRules.isStorable(username) || TextRules.isLongerThan(TextRules.USERNAME_MAX, username)) {
            throw new Refused(Refusal.USERNAME_INVALID);
        }
        return username;
    }
}
