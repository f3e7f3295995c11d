package chat.parley.commands;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;

/** Whether people log in here at all. Where another issuer's tokens are taken, what is about passwords is theirs. */
final class OwnLogins {
    private final boolean here;

    OwnLogins(AuthProperties properties) {
        this.here = !properties.external();
    }

    /** @throws Refused {@link Refusal#NOT_FOUND} */
    void require() {
        if (!here) {
            throw new Refused(Refusal.NOT_FOUND);
        }
    }
}
