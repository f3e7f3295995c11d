package chat.parley.identity.password;

import java.text.MessageFormat;
import java.time.Duration;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;

/** The subject and the text of a mail. */
record MailTemplate(String subject, String text) {
    private static final String BUNDLE = "chat.parley.identity.password.letters";
    /** Without a translation the mail is in English, whatever the default locale of the machine is. */
    private static final Control ENGLISH_ELSE = Control.getNoFallbackControl(Control.FORMAT_PROPERTIES);

    static MailTemplate passwordReset(String language, String username, String code, Duration ttl) {
        return of("reset", language, username, code, ttl);
    }

    static MailTemplate mailAddress(String language, String username, String code, Duration ttl) {
        return of("address", language, username, code, ttl);
    }

    private static MailTemplate of(String kind, String language, String username, String code, Duration ttl) {
        ResourceBundle words = ResourceBundle.getBundle(BUNDLE, Locale.forLanguageTag(language), ENGLISH_ELSE);
        Object[] values = {username, code, Long.toString(ttl.toMinutes())};
        return new MailTemplate(
                words.getString(kind + ".subject"), MessageFormat.format(words.getString(kind + ".text"), values));
    }

    @Override
    public String toString() {
        return "Letter[]";
    }
}
