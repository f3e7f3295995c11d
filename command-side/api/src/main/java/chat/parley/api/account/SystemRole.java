package chat.parley.api.account;

import java.util.Locale;

/** What an account may do beyond chatting; a claim in its tokens. */
public enum SystemRole {
    ADMIN,
    /** Searches the whole history as it stands. */
    ANALYST,
    /** An analyst who also sees what was edited or retracted. */
    INVESTIGATOR,
    AUDITOR;

    /** As tokens and URLs name it. */
    public String claim() {
        return name().toLowerCase(Locale.ROOT);
    }
}
