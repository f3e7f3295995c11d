package chat.parley.commands;

import chat.parley.api.AccountCommand.RegisterAccount;
import chat.parley.api.ClaimUsername;
import chat.parley.api.FindUser;
import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.UserId;
import chat.parley.api.UsernameClaimId;
import chat.parley.api.text.TextRules;
import chat.parley.commands.Credentials.Credential;
import java.util.Optional;

/**
 * Makes an account in four steps, each of which may be the last before a crash: claim the username, store the password
 * as pending, register the account, mark the password as registered. Whoever comes with the same password goes on
 * where it stopped; while nobody's password is stored, anybody may.
 */
final class SignUp {
    private final Claims claims;
    private final Credentials credentials;
    private final Passwords passwords;
    private final Commands commands;
    private final ReadModel readModel;

    SignUp(Claims claims, Credentials credentials, Passwords passwords, Commands commands, ReadModel readModel) {
        this.claims = claims;
        this.credentials = credentials;
        this.passwords = passwords;
        this.commands = commands;
        this.readModel = readModel;
    }

    UserId signUp(String username, String password, String displayName) {
        TextRules.requireUsername(username);
        Passwords.check(password);
        TextRules.requireDisplayName(displayName);
        UsernameClaimId claim = claims.of(username);
        Credential credential = credentials.find(claim).orElseGet(() -> store(claim, password));
        if (credential.registered() || !passwords.match(password, Optional.of(credential.passwordHash()))) {
            throw new Refused(Refusal.USERNAME_TAKEN);
        }
        register(new RegisterAccount(credential.user(), claim, username, displayName));
        credentials.markRegistered(claim);
        return credential.user();
    }

    private Credential store(UsernameClaimId claim, String password) {
        UserId asker = RandomIds.user();
        UserId holder = commands.send(new ClaimUsername(claim, asker), UserId.class);
        // An account without a password here is one whose vault was lost: it must not fall to whoever asks for it.
        if (!holder.equals(asker) && exists(holder)) {
            throw new Refused(Refusal.USERNAME_TAKEN);
        }
        credentials.insertPending(claim, holder, passwords.hash(password));
        return credentials.find(claim).orElseThrow(() -> new Refused(Refusal.RETRY_LATER));
    }

    private boolean exists(UserId user) {
        try {
            readModel.askSurely(new FindUser(user), FindUser.Profile.class, profile -> true);
            return true;
        } catch (Refused refused) {
            if (refused.refusal() == Refusal.USER_NOT_FOUND) {
                return false;
            }
            throw refused;
        }
    }

    private void register(RegisterAccount registration) {
        try {
            commands.send(registration);
        } catch (Refused refused) {
            // Somebody with this password was here before and only the mark is missing.
            if (refused.refusal() != Refusal.USERNAME_TAKEN) {
                throw refused;
            }
        }
    }
}
