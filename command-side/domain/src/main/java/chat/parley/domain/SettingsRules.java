package chat.parley.domain;

import static chat.parley.domain.Rules.require;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.Settings;
import chat.parley.api.account.Settings.QuietHours;
import java.util.IllformedLocaleException;
import java.util.Locale;

/** What settings may say. */
final class SettingsRules {
    /** What RFC 5646 (4.4.1) asks everybody to have room for. */
    static final int MAX_LANGUAGE_LENGTH = 35;

    private SettingsRules() {}

    static void requireValid(Settings settings) {
        requireLanguage(settings.language());
        QuietHours quietHours = settings.quietHours();
        // From a time to the same might mean never or always.
        require(quietHours == null || !quietHours.from().equals(quietHours.to()), Refusal.QUIET_HOURS_INVALID);
    }

    private static void requireLanguage(String tag) {
        require(!tag.isEmpty() && tag.length() <= MAX_LANGUAGE_LENGTH, Refusal.LANGUAGE_INVALID);
        try {
            // Only for what it refuses; the tag is kept as it was written.
            Locale _ = new Locale.Builder().setLanguageTag(tag).build();
        } catch (IllformedLocaleException e) {
            throw new Refused(Refusal.LANGUAGE_INVALID);
        }
    }
}
