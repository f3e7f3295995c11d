package chat.parley.identity.account;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.AccountCommand.IssuePasswordReset;
import chat.parley.api.account.LoginSessionId;
import chat.parley.api.account.UserId;
import chat.parley.dispatch.CommandDispatcher;
import chat.parley.identity.login.KnownLoginSources;
import chat.parley.identity.login.Logins;
import chat.parley.identity.password.CredentialLookup;
import chat.parley.identity.password.Credentials;
import chat.parley.identity.password.Credentials.Credential;
import chat.parley.identity.password.MailProperties;
import chat.parley.identity.password.OneTimeCodes;
import chat.parley.identity.password.OneTimeCodes.Code;
import chat.parley.identity.password.OneTimeCodes.Purpose;
import chat.parley.identity.password.PasswordCheck;
import chat.parley.identity.password.Passwords;

/**
 * Sets passwords. Sessions end before and after the change: before, so that after a crash no session is open with the
 * old password; after, to end sessions that were opened in between.
 */
public final class PasswordChanges {
    private final CredentialLookup named;
    private final Credentials credentials;
    private final Passwords passwords;
    private final PasswordCheck check;
    private final OneTimeCodes codes;
    private final KnownLoginSources sources;
    private final Logins logins;
    private final CommandDispatcher commands;
    private final MailProperties properties;

    PasswordChanges(
            CredentialLookup named,
            Credentials credentials,
            Passwords passwords,
            PasswordCheck check,
            OneTimeCodes codes,
            KnownLoginSources sources,
            Logins logins,
            CommandDispatcher commands,
            MailProperties properties) {
        this.named = named;
        this.credentials = credentials;
        this.passwords = passwords;
        this.check = check;
        this.codes = codes;
        this.sources = sources;
        this.logins = logins;
        this.commands = commands;
        this.properties = properties;
    }

    /** Sets a password by the current one, and ends every other session. */
    public void change(UserId user, LoginSessionId kept, String current, String next) {
        Credential before = check.require(user, current);
        Passwords.check(next);
        String hash = passwords.hash(next);
        logins.endAll(user, kept);
        if (!credentials.setPassword(before, hash)) {
            // Another request has changed it since it was compared.
            throw new Refused(Refusal.PASSWORD_WRONG);
        }
        codes.forget(user);
        logins.endAll(user, kept);
    }

    /** Issues a code for a user who has lost the password. An event records the issuer. */
    public Code issueReset(UserId user, UserId by) {
        commands.send(new IssuePasswordReset(user, by));
        if (credentials.of(user).isEmpty()) {
            throw new Refused(Refusal.USER_NOT_FOUND);
        }
        return codes.issue(user, Purpose.PASSWORD_RESET, OneTimeCodes.ANYTHING, properties.issuedCodeTtl());
    }

    /**
     * Sets a password by a code, and ends every session. Unknown usernames and wrong codes get the same answer.
     *
     * @throws Refused {@link Refusal#CODE_INVALID}
     */
    public void reset(String username, String code, String next) {
        Passwords.check(next);
        Credential before = named.find(username)
                .filter(known -> codes.isGood(known.user(), Purpose.PASSWORD_RESET, OneTimeCodes.ANYTHING, code))
                .orElseThrow(() -> new Refused(Refusal.CODE_INVALID));
        String hash = passwords.hash(next);
        logins.endAll(before.user(), null);
        if (!credentials.resetPassword(before.user(), OneTimeCodes.hash(code, OneTimeCodes.ANYTHING), hash)) {
            throw new Refused(Refusal.CODE_INVALID);
        }
        codes.forget(before.user());
        // The known sources may include the device of a person who knew the old password.
        sources.forget(before.user());
        logins.endAll(before.user(), null);
    }
}
