package chat.parley.api.account;

import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a user has decided about themselves.
 *
 * @param contactRequests     from whom
 * @param groupAdditions      by whom this user may be taken into groups
 * @param readReceipts        whether others are told what this user has read
 * @param notifications       whether devices are notified while no session is open
 * @param textInNotifications whether these carry the message's text, or only say that there is one
 * @param quietHours          when they are not notified at all; null for never
 * @param language            BCP 47, for what notifications say
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

    /** Snapshots and read models that were written before there was this choice do not have it. */
    public Settings {
        groupAdditions = Objects.requireNonNullElse(groupAdditions, GroupAdditions.EVERYBODY);
    }

    /** Who may ask to be a contact. */
    public enum ContactRequests {
        EVERYBODY,
        NOBODY
    }

    /** Who may take this user into a group, as it is started or later. Whoever joins an open group does so alone. */
    public enum GroupAdditions {
        EVERYBODY,
        CONTACTS,
        NOBODY
    }

    /** Every day from one time to the other, past midnight where that is the earlier one. */
    public record QuietHours(LocalTime from, LocalTime to, ZoneId zone) {}
}
