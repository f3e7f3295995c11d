package chat.parley.vault.wrapping;

import org.jspecify.annotations.Nullable;

/** Thrown if the vault cannot be opened or read. Contains a description and an advice for the operator. */
public final class VaultFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String advice;

    public VaultFailure(String description, String advice) {
        this(description, advice, null);
    }

    public VaultFailure(String description, String advice, @Nullable Throwable cause) {
        super(description + ". " + advice + ".", cause);
        this.advice = advice;
    }

    String description() {
        String message = String.valueOf(getMessage());
        return message.substring(0, message.length() - advice.length() - 2);
    }

    String advice() {
        return advice + ".";
    }
}
