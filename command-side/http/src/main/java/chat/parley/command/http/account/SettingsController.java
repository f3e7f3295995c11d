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
import chat.parley.command.http.conversation.EnumNames;
import chat.parley.dispatch.CommandDispatcher;
import chat.parley.identity.security.Caller;
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

/** What people decide about themselves. */
@RestController
@RequestMapping("/api/v1/users/me/settings")
public final class SettingsController {
    private final CommandDispatcher commands;
    private final UserRelationships relations;

    SettingsController(CommandDispatcher commands, UserRelationships relations) {
        this.commands = commands;
        this.relations = relations;
    }

    /**
     * @param contactRequests {@code everybody} or {@code nobody}
     * @param groupAdditions  {@code everybody}, {@code contacts} or {@code nobody}; absent for what holds already
     * @param quietHours      absent for none
     * @param language        a BCP 47 tag such as {@code ko} or {@code en-GB}
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
                    EnumNames.parse(ContactRequests.class, contactRequests),
                    groupAdditions == null ? before.get() : EnumNames.parse(GroupAdditions.class, groupAdditions),
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

    @Operation(
            summary = "Decide anew about everything",
            description = "What is not said is not kept from before; but for groupAdditions, which came later.")
    @PutMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Refuses({Refusal.LANGUAGE_INVALID, Refusal.QUIET_HOURS_INVALID, Refusal.OUTCOME_UNKNOWN})
    void change(@Valid @RequestBody NewSettings settings, @AuthenticationPrincipal Jwt caller) {
        UserId me = Caller.user(caller);
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
