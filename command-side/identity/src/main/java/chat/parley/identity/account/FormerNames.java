package chat.parley.identity.account;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;

/** The usernames that were given away before anybody claimed what a name looks like. */
public interface FormerNames {
    /**
     * Returns once the looks of all of them are claimed.
     *
     * @throws Refused {@link Refusal#RETRY_LATER} where that takes too long
     */
    void requireClaimed();
}
