package chat.parley.api;

import java.time.LocalTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * What a user has decided about themselves.
 *
 * @param contactRequests     from whom
 * @param readReceipts        whether others are told what this user has read
 * @param notifications       whether devices are notified while no session is open
 * @param textInNotifications whether these carry the message's text, or only say that there is one
 * @param quietHours          when they are not notified at all; null for never
 * @param language            BCP 47, for what notifications say
 */
public record Settings(
        ContactRequests contactRequests,
        boolean readReceipts,
        boolean notifications,
        boolean textInNotifications,
        @Nullable QuietHours quietHours,
        String language) {
    public static final Settings DEFAULT = new Settings(ContactRequests.EVERYBODY, true, true, true, null, "en");

    /** Who may ask to be a contact. */
    public enum ContactRequests {
        EVERYBODY,
        NOBODY
    }

    /** Every day from one time to the other, past midnight where that is the earlier one. */
    public record QuietHours(LocalTime from, LocalTime to, ZoneId zone) {}
}
