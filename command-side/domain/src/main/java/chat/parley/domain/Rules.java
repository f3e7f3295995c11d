package chat.parley.domain;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;

/** Says no, shortly. */
final class Rules {
    private Rules() {}

    static void require(boolean holds, Refusal otherwise) {
        if (!holds) {
            throw new Refused(otherwise);
        }
    }
}
