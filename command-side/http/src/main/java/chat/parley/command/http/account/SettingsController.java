package chat.parley.command.http.account;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.Refuses;
import chat.parley.api.account.AccountCommand.ChangeSettings;
import chat.parley.api.account.Settings;
import chat.parley.api.account.Settings.ContactRequests;
import chat.parley.api.account.Settings.GroupAdditions;
import chat.parley.api.account.UserId;
import chat.parley.api.contact.UserRelationships;
import chat.parley.dispatch.CommandDispatcher;
import chat.parley.web.RequestParameters;
import chat.parley.web.token.AuthenticatedUser;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The settings of the caller. */
@RestController
@RequestMapping("/api/v1/users/me/settings")
final class SettingsController {
    private final CommandDispatcher commands;
    private final UserRelationships relations;

    SettingsController(CommandDispatcher commands, UserRelationships relations) {
        this.commands = commands;
        this.relations = relations;
    }

    /**
     * @param contactRequests {@code everybody} or {@code nobody}
     * @param groupAdditions {@code everybody}, {@code contacts} or {@code nobody}; unchanged if absent
     * @param quietHours no quiet hours if absent
     * @param language a BCP 47 tag such as {@code ko} or {@code en-GB}
     */
    record NewSettings(
            @NotNull String contactRequests,
            @Nullable String groupAdditions,
            @NotNull Boolean readReceipts,
            @NotNull Boolean notifications,
            @NotNull Boolean textInNotifications,
            @Valid @Nullable NewQuietHours quietHours,
            @NotNull String language) {
        private Settings checked(Supplier<GroupAdditions> before) {
            return new Settings(
                    RequestParameters.parse(ContactRequests.class, contactRequests),
                    groupAdditions == null
                            ? before.get()
                            : RequestParameters.parse(GroupAdditions.class, groupAdditions),
                    readReceipts,
                    notifications,
                    textInNotifications,
                    quietHours == null ? null : quietHours.checked(),
                    language);
        }
    }

    /**
     * @param from such as {@code 22:00}
     * @param to the end; if it is earlier than {@code from}, it is on the next day
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

    @Operation(
            summary = "Replace the caller's settings",
            description = "Without `quietHours` there are none. Without `groupAdditions` its value is kept.")
    @PutMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Refuses({Refusal.LANGUAGE_INVALID, Refusal.QUIET_HOURS_INVALID, Refusal.OUTCOME_UNKNOWN})
    void change(@Valid @RequestBody NewSettings settings, @AuthenticationPrincipal Jwt caller) {
        UserId me = AuthenticatedUser.of(caller).user();
        commands.send(new ChangeSettings(me, settings.checked(() -> groupAdditionsOf(me))));
    }

    private GroupAdditions groupAdditionsOf(UserId user) {
        try {
            return relations.privacyOf(user).join().settings().groupAdditions();
        } catch (CompletionException failed) {
            throw new Refused(Refused.in(failed).orElse(Refusal.RETRY_LATER));
        }
    }
}
