package chat.parley.retention.decision;

import chat.parley.api.SealedText;
import chat.parley.api.account.UserId;
import chat.parley.api.port.TextProtection;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reveals what auditors wrote: reasons and queries, sealed under their own keys. */
public final class AuditorTexts {
    private final TextProtection protection;

    public AuditorTexts(TextProtection protection) {
        this.protection = protection;
    }

    /** Empty if there is none, or if the auditor's key was destroyed. */
    public Optional<String> reveal(@Nullable SealedText sealed, UserId auditor, String field, Instant at) {
        return sealed == null
                ? Optional.empty()
                : protection.reveal(sealed, TextProtection.auditContext(auditor, field, at));
    }

    public SealedText seal(UserId auditor, String text, String field, Instant at) {
        return protection.seal(auditor, text, TextProtection.auditContext(auditor, field, at));
    }
}
