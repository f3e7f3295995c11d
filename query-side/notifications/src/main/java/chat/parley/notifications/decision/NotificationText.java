package chat.parley.notifications.decision;

import chat.parley.api.SealedText;
import chat.parley.api.account.AccountStatus;
import chat.parley.api.account.FindUser;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.RecordedEntry;
import chat.parley.api.port.TextProtection;
import chat.parley.eventprocessing.query.QueryClient;
import chat.parley.notifications.delivery.PushNotification;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;

/** Builds the text of a notification. Texts are decrypted when it is sent and not stored. */
public final class NotificationText {
    private static final String BUNDLE = "chat.parley.notifications.decision.words";
    /** Falls back to English instead of the machine's own language. */
    private static final Control ENGLISH_ELSE = Control.getNoFallbackControl(Control.FORMAT_PROPERTIES);

    /** Keeps the payload, with title and envelope, well below the services' limit of 4 KB. */
    private static final int MAX_BODY = 400;

    private static final int MAX_TITLE = 100;

    private final CurrentMessages present;
    private final TextProtection protection;
    private final QueryClient queries;

    public NotificationText(CurrentMessages present, TextProtection protection, QueryClient queries) {
        this.present = present;
        this.protection = protection;
        this.queries = queries;
    }

    /** Empty if the message was retracted after the recipients were selected. */
    Optional<PushNotification> alert(Notification notification) {
        return present.find(notification.device().user(), notification.message())
                .map(message -> alert(notification, message));
    }

    private PushNotification.Alert alert(Notification notification, RecordedEntry entry) {
        NotifiableMessage message = notification.message();
        ResourceBundle words = ResourceBundle.getBundle(
                BUNDLE, Locale.forLanguageTag(notification.settings().language()), ENGLISH_ELSE);
        Optional<String> text =
                notification.settings().textInNotifications() ? present.text(entry) : Optional.<String>empty();
        long unread = notification.place().unread();
        return text.map(said -> telling(notification, words, said))
                .orElseGet(() -> new PushNotification.Alert(
                        message.conversation(),
                        message.position(),
                        words.getString("application"),
                        new MessageFormat(words.getString("messages"), words.getLocale()).format(new Object[] {unread}),
                        unread));
    }

    private PushNotification.Alert telling(Notification notification, ResourceBundle words, String text) {
        NotifiableMessage message = notification.message();
        String sender = name(message.sender()).orElseGet(() -> words.getString("somebody"));
        SealedText sealedTitle = notification.place().title();
        Optional<String> group = sealedTitle == null
                ? Optional.empty()
                : protection.reveal(sealedTitle, TextProtection.titleContext(message.conversation()));
        return new PushNotification.Alert(
                message.conversation(),
                message.position(),
                cut(group.orElse(sender), MAX_TITLE),
                cut(group.isPresent() ? cut(sender, MAX_TITLE) + ": " + text : text, MAX_BODY),
                notification.place().unread());
    }

    private Optional<String> name(UserId user) {
        FindUser.Profile profile = queries.ask(new FindUser(user), FindUser.Profile.class);
        SealedText name = profile.displayName();
        return name == null || profile.status() == AccountStatus.DELETED
                ? Optional.empty()
                : protection.reveal(name, TextProtection.displayNameContext(user));
    }

    private static String cut(String text, int maxCodePoints) {
        return text.codePointCount(0, text.length()) <= maxCodePoints
                ? text
                : text.substring(0, text.offsetByCodePoints(0, maxCodePoints - 1)) + "…";
    }
}
