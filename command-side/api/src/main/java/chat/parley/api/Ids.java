package chat.parley.api;

/**
 * The syntax of every id: 1 to 64 ASCII letters, digits, {@code -} or {@code _}, because ids appear in URLs, log lines
 * and database keys.
 */
public final class Ids {
    private static final int MAX_LENGTH = 64;

    private static final int RANDOM_BYTES = 16;

    private Ids() {}

    /** A letter for the kind and 128 random bits. */
    public static String random(String kind) {
        return kind + RandomValues.text(RANDOM_BYTES);
    }

    public static String checked(String value) {
        if (value.isEmpty() || value.length() > MAX_LENGTH) {
            throw new Refused(Refusal.INVALID_ID);
        }
        for (int i = 0; i < value.length(); i++) {
            if (!isAllowed(value.charAt(i))) {
                throw new Refused(Refusal.INVALID_ID);
            }
        }
        return value;
    }

    /** Not a regular expression: with one, checking ids takes a fifth of the time of decoding an event. */
    private static boolean isAllowed(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    }
}
