package chat.parley.identity.login;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.identity.security.AuthProperties;

/** Whether people log in here at all. Where another issuer's tokens are taken, what is about passwords is theirs. */
public final class PasswordLoginGuard {
    private final boolean here;

    PasswordLoginGuard(AuthProperties properties) {
        this.here = !properties.external();
    }

    /** @throws Refused {@link Refusal#NOT_FOUND} */
    public void require() {
        if (!here) {
            throw new Refused(Refusal.NOT_FOUND);
        }
    }
}
