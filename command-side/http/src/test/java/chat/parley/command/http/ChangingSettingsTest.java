package chat.parley.command.http;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.Refusal;
import chat.parley.api.account.AccountEvent.SettingsChanged;
import chat.parley.api.account.Settings;
import chat.parley.api.account.Settings.ContactRequests;
import chat.parley.api.account.Settings.QuietHours;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangingSettingsTest extends ServerTest {
    private static final Map<String, Object> SETTINGS = Map.of(
            "contactRequests",
            "nobody",
            "readReceipts",
            false,
            "notifications",
            true,
            "textInNotifications",
            false,
            "quietHours",
            Map.of("from", "22:00", "to", "06:30", "zone", "Asia/Seoul"),
            "language",
            "ko");

    @Test
    void replacesAllSettings() {
        LoggedInUser alice = somebody();
        put(alice.accessToken(), "/users/me/settings", SETTINGS).is(204);
        assertThat(aggregates.stored(SettingsChanged.class))
                .filteredOn(changed -> changed.user().value().equals(alice.id()))
                .extracting(SettingsChanged::settings)
                .containsExactly(new Settings(
                        ContactRequests.NOBODY,
                        Settings.GroupAdditions.EVERYBODY,
                        false,
                        true,
                        false,
                        new QuietHours(LocalTime.of(22, 0), LocalTime.of(6, 30), ZoneId.of("Asia/Seoul")),
                        "ko"));
    }

    @Test
    void keepsTheSettingOfGroupAdditionsIfItIsAbsent() {
        LoggedInUser alice = somebody();
        Map<String, Object> guarded = new HashMap<>(SETTINGS);
        guarded.put("groupAdditions", "contacts");
        guarded.put("language", "en");
        put(alice.accessToken(), "/users/me/settings", guarded).is(204);
        put(alice.accessToken(), "/users/me/settings", SETTINGS).is(204);
        assertThat(aggregates.stored(SettingsChanged.class))
                .filteredOn(changed -> changed.user().value().equals(alice.id()))
                .extracting(changed -> changed.settings().groupAdditions())
                .containsExactly(Settings.GroupAdditions.CONTACTS, Settings.GroupAdditions.CONTACTS);
    }

    @ParameterizedTest
    @CsvSource({
        "groupAdditions, friends, INVALID_PARAMETER",
        "contactRequests, friends, INVALID_PARAMETER",
        "contactRequests, , INVALID_PARAMETER",
        "readReceipts, , INVALID_PARAMETER",
        "readReceipts, perhaps, MALFORMED_JSON",
        "language, , INVALID_PARAMETER",
        "quietHours, night, MALFORMED_JSON"
    })
    void refusesMalformedValues(String field, String value, Refusal refusal) {
        Map<String, Object> settings = new HashMap<>(SETTINGS);
        settings.put(field, value);
        put(somebody().accessToken(), "/users/me/settings", settings).isRefused(refusal);
    }

    @ParameterizedTest
    @CsvSource({
        "24:00, 06:00, UTC, QUIET_HOURS_INVALID",
        "22, 06:00, UTC, QUIET_HOURS_INVALID",
        "22:00, night, UTC, QUIET_HOURS_INVALID",
        "22:00, 06:00, Middle/Earth, QUIET_HOURS_INVALID",
        "22:00, 06:00, ../../etc, QUIET_HOURS_INVALID",
        "22:00, , UTC, INVALID_PARAMETER"
    })
    void refusesInvalidQuietHours(String from, String to, String zone, Refusal refusal) {
        Map<String, Object> quietHours = new HashMap<>();
        quietHours.put("from", from);
        quietHours.put("to", to);
        quietHours.put("zone", zone);
        Map<String, Object> settings = new HashMap<>(SETTINGS);
        settings.put("quietHours", quietHours);
        put(somebody().accessToken(), "/users/me/settings", settings).isRefused(refusal);
    }
}
