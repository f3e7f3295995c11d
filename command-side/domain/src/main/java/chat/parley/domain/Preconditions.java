package chat.parley.domain;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;

/** Checks that throw {@link Refused}. */
final class Preconditions {
    private Preconditions() {}

    static void require(boolean holds, Refusal otherwise) {
        if (!holds) {
            throw new Refused(otherwise);
        }
    }
}
