package chat.parley.identity.password;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.UserId;
import chat.parley.identity.password.Credentials.Credential;
import chat.parley.identity.policy.PasswordLoginGuard;
import chat.parley.web.limit.RateLimit;
import chat.parley.web.limit.RateLimiter;
import java.util.Optional;

/** Compares the password of a logged-in user before an operation for which a stolen access token must not suffice. */
public final class PasswordCheck {
    private final Credentials credentials;
    private final Passwords passwords;
    private final RateLimiter limiter;
    private final PasswordLoginGuard own;

    PasswordCheck(Credentials credentials, Passwords passwords, RateLimiter limiter, PasswordLoginGuard own) {
        this.credentials = credentials;
        this.passwords = passwords;
        this.limiter = limiter;
        this.own = own;
    }

    /**
     * @throws Refused {@link Refusal#PASSWORD_WRONG}, or {@link Refusal#NOT_FOUND} if an external issuer handles
     *     passwords
     */
    public Credential require(UserId user, String password) {
        own.require();
        limiter.take(RateLimit.PASSWORD_CHECK, user.value());
        Optional<Credential> credential = credentials.of(user);
        if (!passwords.match(password, credential.map(Credential::passwordHash))) {
            throw new Refused(Refusal.PASSWORD_WRONG);
        }
        limiter.giveBack(RateLimit.PASSWORD_CHECK, user.value());
        return credential.orElseThrow();
    }
}
