package chat.parley.commands;

import chat.parley.api.AccountCommand.ChangeSettings;
import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.Refuses;
import chat.parley.api.Settings;
import chat.parley.api.Settings.ContactRequests;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What people decide about themselves. */
@RestController
@RequestMapping("/api/v1/users/me/settings")
final class SettingsController {
    private final Commands commands;

    SettingsController(Commands commands) {
        this.commands = commands;
    }

    /**
     * @param contactRequests {@code everybody} or {@code nobody}
     * @param quietHours      absent for none
     * @param language        a BCP 47 tag such as {@code ko} or {@code en-GB}
     */
    record NewSettings(
            @NotNull String contactRequests,
            @NotNull Boolean readReceipts,
            @NotNull Boolean notifications,
            @NotNull Boolean textInNotifications,
            @Valid @Nullable NewQuietHours quietHours,
            @NotNull String language) {
        private Settings checked() {
            return new Settings(
                    EnumNames.parse(ContactRequests.class, contactRequests),
                    readReceipts,
                    notifications,
                    textInNotifications,
                    quietHours == null ? null : quietHours.checked(),
                    language);
        }
    }

    /**
     * @param from such as {@code 22:00}
     * @param to   past midnight where it is earlier than {@code from}
     * @param zone such as {@code Asia/Seoul}
     */
    record NewQuietHours(
            @NotNull String from,
            @NotNull String to,
            @NotNull String zone) {
        private Settings.QuietHours checked() {
            try {
                return new Settings.QuietHours(LocalTime.parse(from), LocalTime.parse(to), ZoneId.of(zone));
            } catch (DateTimeException e) {
                throw new Refused(Refusal.QUIET_HOURS_INVALID);
            }
        }
    }

    @Operation(summary = "Decide anew about everything", description = "What is not said is not kept from before.")
    @PutMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Refuses({Refusal.LANGUAGE_INVALID, Refusal.QUIET_HOURS_INVALID, Refusal.OUTCOME_UNKNOWN})
    void change(@Valid @RequestBody NewSettings settings, @AuthenticationPrincipal Jwt caller) {
        commands.send(new ChangeSettings(Caller.user(caller), settings.checked()));
    }
}
