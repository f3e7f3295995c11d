package chat.parley.identity.policy;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;

/**
 * Whether users log in with passwords here. If tokens of an external issuer are accepted, the issuer handles passwords.
 */
public final class PasswordLoginGuard {
    private final boolean here;

    PasswordLoginGuard(AuthProperties properties) {
        this.here = !properties.external();
    }

    /** @throws Refused {@link Refusal#NOT_FOUND} if they do not */
    public void require() {
        if (!here) {
            throw new Refused(Refusal.NOT_FOUND);
        }
    }
}
