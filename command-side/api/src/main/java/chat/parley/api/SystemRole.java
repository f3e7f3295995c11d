package chat.parley.api;

import java.util.Locale;

/** What an account may do beyond chatting; a claim in its tokens. */
public enum SystemRole {
    ADMIN,
    ANALYST,
    AUDITOR;

    /** As tokens and URLs name it. */
    public String claim() {
        return name().toLowerCase(Locale.ROOT);
    }
}
