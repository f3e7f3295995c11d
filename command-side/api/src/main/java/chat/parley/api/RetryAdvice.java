package chat.parley.api;

/**
 * Advice for clients that receive {@link Refusal#OUTCOME_UNKNOWN}: how to repeat the request so that it takes effect
 * once.
 */
public enum RetryAdvice {
    MESSAGE("Send it again with the same clientMessageId; it is stored once"),
    GROUP_WITHOUT_ID(
            "Look among your conversations before you start it again; with a clientConversationId it starts once"),
    ANYTHING_ELSE("Ask for the same again; what has been done already is not done twice");

    private final String detail;

    RetryAdvice(String detail) {
        this.detail = detail;
    }

    /** One sentence for people. */
    public String detail() {
        return detail;
    }

    public Refused refused() {
        return new Refused(Refusal.OUTCOME_UNKNOWN, detail);
    }
}
