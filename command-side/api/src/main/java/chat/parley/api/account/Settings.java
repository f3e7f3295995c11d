package chat.parley.api.account;

import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A user's settings.
 *
 * @param contactRequests     who may send this user contact requests
 * @param groupAdditions      who may add this user to groups
 * @param readReceipts        whether others see what this user has read
 * @param notifications       whether the user's devices are notified while no session is open
 * @param textInNotifications whether notifications carry the message's text, or only say that there is one
 * @param quietHours          daily time without notifications; null for none
 * @param language            language of notifications, BCP 47
 */
public record Settings(
        ContactRequests contactRequests,
        GroupAdditions groupAdditions,
        boolean readReceipts,
        boolean notifications,
        boolean textInNotifications,
        @Nullable QuietHours quietHours,
        String language) {
    public static final Settings DEFAULT =
            new Settings(ContactRequests.EVERYBODY, GroupAdditions.EVERYBODY, true, true, true, null, "en");

    /** Snapshots and read models older than this setting do not contain it. */
    public Settings {
        groupAdditions = Objects.requireNonNullElse(groupAdditions, GroupAdditions.EVERYBODY);
    }

    /** Who may send contact requests. */
    public enum ContactRequests {
        EVERYBODY,
        NOBODY
    }

    /** Who may add this user to a group. Does not concern open groups that users join by themselves. */
    public enum GroupAdditions {
        EVERYBODY,
        CONTACTS,
        NOBODY
    }

    /** A daily time span; it includes midnight if {@code from} is later than {@code to}. */
    public record QuietHours(LocalTime from, LocalTime to, ZoneId zone) {}
}
