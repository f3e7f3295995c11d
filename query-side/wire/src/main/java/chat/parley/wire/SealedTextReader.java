package chat.parley.wire;

import chat.parley.api.SealedText;
import chat.parley.api.account.FindUser.Profile;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.port.TextContext;
import chat.parley.api.port.TextProtection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens sealed names and titles. The caller has checked that the user may read them. */
public final class SealedTextReader {
    private static final Logger log = LoggerFactory.getLogger(SealedTextReader.class);

    private final TextProtection protection;

    public SealedTextReader(TextProtection protection) {
        this.protection = protection;
    }

    /** @param erased whether there was a text whose key has been destroyed */
    public record Text(@Nullable String value, boolean erased) {
        private static final Text NONE = new Text(null, false);
        private static final Text ERASED = new Text(null, true);
    }

    public Text username(Profile profile) {
        return name(profile.username(), TextProtection.usernameContext(profile.user()));
    }

    public Text displayName(Profile profile) {
        return name(profile.displayName(), TextProtection.displayNameContext(profile.user()));
    }

    private Text name(@Nullable SealedText name, TextContext context) {
        return name == null ? Text.ERASED : reveal(name, context);
    }

    public Text title(ConversationId conversation, @Nullable SealedText title) {
        return title == null ? Text.NONE : reveal(title, TextProtection.titleContext(conversation));
    }

    /**
     * An altered text is answered like an erased one and logged, so that one bad title does not hide the rest of an
     * inbox.
     */
    private Text reveal(SealedText sealed, TextContext context) {
        Optional<String> text;
        try {
            text = protection.reveal(sealed, context);
        } catch (IllegalStateException altered) {
            log.error("The sealed text {} was altered; it is answered as erased", context, altered);
            text = Optional.empty();
        }
        return new Text(text.orElse(null), text.isEmpty());
    }
}
