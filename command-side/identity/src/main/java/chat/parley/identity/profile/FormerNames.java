package chat.parley.identity.profile;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;

/** The usernames that were taken before the claims of looks existed (see {@link UsernameClaims}). */
public interface FormerNames {
    /**
     * Returns once the looks of all these names are claimed.
     *
     * @throws Refused {@link Refusal#RETRY_LATER} if that takes too long
     */
    void requireClaimed();
}
