package chat.parley.domain;

import static chat.parley.domain.Preconditions.require;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.Settings;
import chat.parley.api.account.Settings.QuietHours;
import java.util.IllformedLocaleException;
import java.util.Locale;

/** Validates settings. */
final class SettingsValidator {
    /** The length that RFC 5646 (4.4.1) requires implementations to support. */
    static final int MAX_LANGUAGE_LENGTH = 35;

    private SettingsValidator() {}

    static void requireValid(Settings settings) {
        requireLanguage(settings.language());
        QuietHours quietHours = settings.quietHours();
        // A time span from a time to the same time could mean never or always.
        require(quietHours == null || !quietHours.from().equals(quietHours.to()), Refusal.QUIET_HOURS_INVALID);
    }

    private static void requireLanguage(String tag) {
        require(!tag.isEmpty() && tag.length() <= MAX_LANGUAGE_LENGTH, Refusal.LANGUAGE_INVALID);
        try {
            // Built only for its validation; the tag is stored as it was written.
            Locale _ = new Locale.Builder().setLanguageTag(tag).build();
        } catch (IllformedLocaleException e) {
            throw new Refused(Refusal.LANGUAGE_INVALID);
        }
    }
}
