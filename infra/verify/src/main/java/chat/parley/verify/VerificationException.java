package chat.parley.verify;

import org.jspecify.annotations.Nullable;

/** The archive does not prove what it says. The message names the place. */
public final class VerificationException extends Exception {
    private static final long serialVersionUID = 1;

    private final Finding finding;

    VerificationException(Finding finding, String message) {
        super(message);
        this.finding = finding;
    }

    VerificationException(Finding finding, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.finding = finding;
    }

    public Finding finding() {
        return finding;
    }
}
