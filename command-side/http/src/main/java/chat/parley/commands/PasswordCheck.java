package chat.parley.commands;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.UserId;
import chat.parley.commands.Credentials.Credential;
import java.util.Optional;

/** Asks somebody who is logged in for their password once more, before what a stolen token must not do. */
final class PasswordCheck {
    private final Credentials credentials;
    private final Passwords passwords;
    private final RateLimiter limiter;
    private final OwnLogins own;

    PasswordCheck(Credentials credentials, Passwords passwords, RateLimiter limiter, OwnLogins own) {
        this.credentials = credentials;
        this.passwords = passwords;
        this.limiter = limiter;
        this.own = own;
    }

    /** @throws Refused {@link Refusal#PASSWORD_WRONG}, or {@link Refusal#NOT_FOUND} where passwords are not ours */
    Credential require(UserId user, String password) {
        own.require();
        limiter.passwordAsked(user.value());
        Optional<Credential> credential = credentials.of(user);
        if (!passwords.match(password, credential.map(Credential::passwordHash))) {
            throw new Refused(Refusal.PASSWORD_WRONG);
        }
        limiter.passwordRight(user.value());
        return credential.orElseThrow();
    }
}
