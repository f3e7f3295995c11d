package chat.parley.identity.account;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.AccountCommand.RegisterAccount;
import chat.parley.api.account.UserId;
import chat.parley.api.account.UsernameClaimId;
import chat.parley.api.text.TextRules;
import chat.parley.dispatch.CommandDispatcher;
import chat.parley.identity.password.Credentials;
import chat.parley.identity.password.Credentials.Credential;
import chat.parley.identity.password.Passwords;
import chat.parley.identity.profile.UsernameClaims;
import chat.parley.identity.profile.UsernameRegistry;
import java.util.Optional;

/**
 * Creates an account in four steps: claim the username, store the password as pending, register the account, mark the
 * password as registered. If the process crashes between two steps, a repeated sign-up with the same password
 * continues. Until a password is stored, anybody may continue.
 */
public final class SignUp {
    private final UsernameClaims claims;
    private final UsernameRegistry usernames;
    private final Credentials credentials;
    private final Passwords passwords;
    private final CommandDispatcher commands;

    SignUp(
            UsernameClaims claims,
            UsernameRegistry usernames,
            Credentials credentials,
            Passwords passwords,
            CommandDispatcher commands) {
        this.claims = claims;
        this.usernames = usernames;
        this.credentials = credentials;
        this.passwords = passwords;
        this.commands = commands;
    }

    public UserId signUp(String username, String password, String displayName) {
        TextRules.requireUsername(username);
        Passwords.check(password);
        TextRules.requireDisplayName(displayName);
        UsernameClaimId claim = claims.of(username);
        Credential credential = credentials.find(claim).orElseGet(() -> store(username, claim, password));
        if (credential.registered() || !passwords.match(password, Optional.of(credential.passwordHash()))) {
            throw new Refused(Refusal.USERNAME_TAKEN);
        }
        register(new RegisterAccount(credential.user(), claim, username, displayName));
        credentials.markRegistered(claim);
        return credential.user();
    }

    private Credential store(String username, UsernameClaimId claim, String password) {
        // An account without stored credentials is one whose vault was lost. A sign-up must not take it over.
        UserId holder = usernames.take(username, UserId.random());
        credentials.insertPending(claim, holder, passwords.hash(password));
        return credentials.find(claim).orElseThrow(() -> new Refused(Refusal.RETRY_LATER));
    }

    private void register(RegisterAccount registration) {
        try {
            commands.send(registration);
        } catch (Refused refused) {
            // An earlier sign-up with this password registered the account, and only the mark is missing.
            if (refused.refusal() != Refusal.USERNAME_TAKEN) {
                throw refused;
            }
        }
    }
}
