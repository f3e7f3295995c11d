package chat.parley.identity.account;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.AccountCommand.ChangeUsername;
import chat.parley.api.account.AccountCommand.CheckUsernameChange;
import chat.parley.api.account.UserId;
import chat.parley.api.account.UsernameClaimId;
import chat.parley.api.text.TextRules;
import chat.parley.dispatch.CommandDispatcher;
import chat.parley.identity.password.Credentials;
import chat.parley.identity.password.PasswordCheck;
import chat.parley.identity.profile.UsernameClaims;
import chat.parley.identity.profile.UsernameRegistry;
import chat.parley.web.limit.RateLimit;
import chat.parley.web.limit.RateLimiter;

/**
 * Changes a username in three steps: claim the new name, change the account, move the credentials to the new name. If
 * the process crashes between two steps, a repeated request continues. Until the last step the user logs in with the
 * previous name.
 */
public final class UsernameChanges {
    private final PasswordCheck check;
    private final UsernameClaims claims;
    private final UsernameRegistry usernames;
    private final Credentials credentials;
    private final CommandDispatcher commands;
    private final RateLimiter limiter;

    UsernameChanges(
            PasswordCheck check,
            UsernameClaims claims,
            UsernameRegistry usernames,
            Credentials credentials,
            CommandDispatcher commands,
            RateLimiter limiter) {
        this.check = check;
        this.claims = claims;
        this.usernames = usernames;
        this.credentials = credentials;
        this.commands = commands;
        this.limiter = limiter;
    }

    public void change(UserId user, String username, String password) {
        TextRules.requireUsername(username);
        UsernameClaimId claim = claims.of(username);
        check.require(user, password);
        limiter.take(RateLimit.USERNAME_CHANGE, user.value());
        if (!isTheirs(user, claim)) {
            // Checked before the claim, because a claimed name stays reserved even if the change is refused.
            commands.send(new CheckUsernameChange(user, username));
            if (!usernames.take(username, user).equals(user)) {
                throw new Refused(Refusal.USERNAME_TAKEN);
            }
        }
        commands.send(new ChangeUsername(user, claim, username));
        credentials.move(user, claim);
    }

    /** Whether the user logs in with this name already. */
    private boolean isTheirs(UserId user, UsernameClaimId claim) {
        return credentials
                .find(claim)
                .filter(credential -> credential.user().equals(user))
                .isPresent();
    }
}
