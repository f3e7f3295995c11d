package chat.parley.identity.account;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.UsernameClaimId;
import chat.parley.api.port.KeyedHash;
import chat.parley.api.port.KeyedHash.Purpose;
import chat.parley.api.text.TextRules;
import chat.parley.api.text.Usernames;
import java.util.List;

/**
 * What is claimed with a username: the one name in all its letter cases and Unicode forms, and what it looks like. None of
 * this asks whether it is a name by today's rules, so that whoever took one before them still logs in with it.
 */
public final class UsernameClaims {
    private final KeyedHash hash;

    public UsernameClaims(KeyedHash hash) {
        this.hash = hash;
    }

    /** @throws Refused {@link Refusal#USERNAME_INVALID} if it cannot be anybody's */
    public UsernameClaimId of(String username) {
        return claim(Purpose.USERNAME, Usernames.fold(storable(username)));
    }

    /** The claim that was made of this name before names were folded as Unicode says; most often the same. */
    public UsernameClaimId ofBefore(String username) {
        return claim(Purpose.USERNAME, Usernames.foldOfBefore(storable(username)));
    }

    /** Who holds these holds every name that looks like this one. */
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
