package chat.parley.query.http.account;

import chat.parley.api.account.Settings;
import chat.parley.api.account.Settings.ContactRequests;
import chat.parley.api.account.Settings.GroupAdditions;
import chat.parley.wire.Kebab;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The settings of the caller.
 *
 * @param quietHours null if there are none
 */
record SettingsView(
        @Kebab ContactRequests contactRequests,
        @Kebab GroupAdditions groupAdditions,
        boolean readReceipts,
        boolean notifications,
        boolean textInNotifications,

        @Schema(types = {"object", "null"}) @Nullable QuietHours quietHours,

        String language) {
    static SettingsView of(Settings settings) {
        Settings.QuietHours quiet = settings.quietHours();
        return new SettingsView(
                settings.contactRequests(),
                settings.groupAdditions(),
                settings.readReceipts(),
                settings.notifications(),
                settings.textInNotifications(),
                quiet == null
                        ? null
                        : new QuietHours(
                                quiet.from().toString(),
                                quiet.to().toString(),
                                quiet.zone().getId()),
                settings.language());
    }

    /**
     * @param from such as {@code 22:00}
     * @param to the end; if it is earlier than {@code from}, it is on the next day
     * @param zone such as {@code Asia/Seoul}
     */
    record QuietHours(String from, String to, String zone) {}
}
