package chat.parley.identity.token;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.AccountCommand.RegisterAccount;
import chat.parley.api.account.FindUser;
import chat.parley.api.account.UserId;
import chat.parley.api.text.TextRules;
import chat.parley.dispatch.CommandDispatcher;
import chat.parley.dispatch.ReadModelClient;
import chat.parley.identity.profile.UsernameClaims;
import chat.parley.identity.profile.UsernameRegistry;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * Registers the account of a user of an external issuer when the first token comes, under the username that the token
 * prefers.
 */
public final class ExternalAccounts {
    private static final int MAX_REMEMBERED = 200_000;
    private static final int SUFFIX_LENGTH = 8;
    private static final int MAX_NAME_LENGTH = 50;

    private final UsernameClaims claims;
    private final UsernameRegistry usernames;
    private final CommandDispatcher commands;
    private final ReadModelClient readModel;
    private final Cache<UserId, Boolean> registered =
            Caffeine.newBuilder().maximumSize(MAX_REMEMBERED).build();

    public ExternalAccounts(
            UsernameClaims claims, UsernameRegistry usernames, CommandDispatcher commands, ReadModelClient readModel) {
        this.claims = claims;
        this.usernames = usernames;
        this.commands = commands;
        this.readModel = readModel;
    }

    public void ensureRegistered(UserId user, Jwt token) {
        if (registered.getIfPresent(user) == null) {
            if (!exists(user)) {
                register(user, token);
            }
            registered.put(user, Boolean.TRUE);
        }
    }

    private boolean exists(UserId user) {
        try {
            readModel.ask(new FindUser(user), FindUser.Profile.class);
            return true;
        } catch (Refused refused) {
            if (refused.refusal() == Refusal.USER_NOT_FOUND) {
                return false;
            }
            throw refused;
        }
    }

    private void register(UserId user, Jwt token) {
        String username = freeName(user, token.getClaimAsString("preferred_username"));
        String displayName = displayName(token.getClaimAsString("name"), username);
        try {
            commands.send(new RegisterAccount(user, claims.of(username), username, displayName));
        } catch (Refused refused) {
            // Another request of the same user was first.
            if (refused.refusal() != Refusal.USERNAME_TAKEN) {
                throw refused;
            }
        }
    }

    /** The preferred username, with a suffix if it is taken or invalid. */
    private String freeName(UserId user, @Nullable String preferred) {
        if (preferred != null && isName(preferred) && isFree(user, preferred)) {
            return preferred;
        }
        String base =
                preferred != null && isName(preferred) && preferred.length() <= MAX_NAME_LENGTH ? preferred : "user";
        for (int length = SUFFIX_LENGTH; length < user.value().length(); length++) {
            String suffixed = base + "-" + user.value().substring(1, 1 + length);
            if (isName(suffixed) && isFree(user, suffixed)) {
                return suffixed;
            }
        }
        throw new Refused(Refusal.USERNAME_TAKEN);
    }

    private boolean isFree(UserId user, String name) {
        try {
            return usernames.take(name, user).equals(user);
        } catch (Refused refused) {
            if (refused.refusal() == Refusal.USERNAME_TAKEN) {
                return false;
            }
            throw refused;
        }
    }

    private boolean isName(String name) {
        try {
            TextRules.requireUsername(name);
            return true;
        } catch (Refused invalid) {
            return false;
        }
    }

    private static String displayName(@Nullable String name, String username) {
        if (name == null) {
            return username;
        }
        try {
            TextRules.requireDisplayName(name);
            return name;
        } catch (Refused invalid) {
            return username;
        }
    }
}
