package chat.parley.identity.password;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.AccountCommand.IssuePasswordReset;
import chat.parley.api.account.LoginSessionId;
import chat.parley.api.account.UserId;
import chat.parley.dispatch.CommandDispatcher;
import chat.parley.identity.login.KnownLoginSources;
import chat.parley.identity.login.Logins;
import chat.parley.identity.password.Credentials.Credential;
import chat.parley.identity.password.OneTimeCodes.Code;
import chat.parley.identity.password.OneTimeCodes.Purpose;

/**
 * Sets passwords anew. Sessions end before and after: before, so that a crash leaves a password that still needs
 * changing and not sessions that should have ended; after, for those that have begun in between.
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

    /** By who knows the one before; ends every other session. */
    public void change(UserId user, LoginSessionId kept, String current, String next) {
        Credential before = check.require(user, current);
        Passwords.check(next);
        String hash = passwords.hash(next);
        logins.endAll(user, kept);
        if (!credentials.setPassword(before, hash)) {
            // Somebody else has set it since it was looked at.
            throw new Refused(Refusal.PASSWORD_WRONG);
        }
        codes.forget(user);
        logins.endAll(user, kept);
    }

    /** A code for somebody who has lost theirs; who has issued it stands in the history. */
    public Code issueReset(UserId user, UserId by) {
        commands.send(new IssuePasswordReset(user, by));
        if (credentials.of(user).isEmpty()) {
            throw new Refused(Refusal.USER_NOT_FOUND);
        }
        return codes.issue(user, Purpose.PASSWORD_RESET, OneTimeCodes.ANYTHING, properties.issuedCodeTtl());
    }

    /**
     * By who has such a code; ends every session. One answer for unknown names and wrong codes.
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
        // Among them may be whose password it was known to.
        sources.forget(before.user());
        logins.endAll(before.user(), null);
    }
}
