package chat.parley.api.account;

import java.util.Locale;

/** A role that allows more than chatting; a claim in access tokens. */
public enum SystemRole {
    ADMIN,
    /** Searches the whole history as it reads now. */
    ANALYST,
    /** An analyst who also sees edited and retracted texts. */
    INVESTIGATOR,
    AUDITOR;

    /** The name in tokens and URLs: lower case. */
    public String claim() {
        return name().toLowerCase(Locale.ROOT);
    }
}
