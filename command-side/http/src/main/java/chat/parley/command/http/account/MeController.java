package chat.parley.command.http.account;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.Refuses;
import chat.parley.api.account.AccountCommand.BlockUser;
import chat.parley.api.account.AccountCommand.ChangeProfile;
import chat.parley.api.account.AccountCommand.RemoveDevice;
import chat.parley.api.account.AccountCommand.UnblockUser;
import chat.parley.api.account.DeviceId;
import chat.parley.api.account.LoginSessionId;
import chat.parley.api.account.UserId;
import chat.parley.api.text.TextRules;
import chat.parley.dispatch.CommandDispatcher;
import chat.parley.identity.account.UsernameChanges;
import chat.parley.identity.login.KnownLoginSources;
import chat.parley.identity.login.Logins;
import chat.parley.identity.profile.AccountView;
import chat.parley.identity.profile.Profiles;
import chat.parley.identity.session.LoginSession;
import chat.parley.identity.session.LoginSessions;
import chat.parley.web.token.AuthenticatedUser;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What users change about their own account: names, blocks, devices and login sessions. */
@RestController
@RequestMapping("/api/v1/users/me")
final class MeController {
    private final CommandDispatcher commands;
    private final Profiles profiles;
    private final LoginSessions sessions;
    private final Logins logins;
    private final KnownLoginSources sources;
    private final UsernameChanges usernames;

    public MeController(
            CommandDispatcher commands,
            Profiles profiles,
            LoginSessions sessions,
            Logins logins,
            KnownLoginSources sources,
            UsernameChanges usernames) {
        this.commands = commands;
        this.profiles = profiles;
        this.sessions = sessions;
        this.logins = logins;
        this.sources = sources;
        this.usernames = usernames;
    }

    record ProfileChange(@NotNull String displayName) {
        @Override
        public String toString() {
            return "ProfileChange[]";
        }
    }

    record NewUsername(@NotNull String username, @NotNull String password) {
        @Override
        public String toString() {
            return "NewUsername[]";
        }
    }

    @Operation(summary = "Change the caller's display name", description = "Answers the account as it reads now.")
    @PatchMapping
    @Refuses({Refusal.DISPLAY_NAME_INVALID, Refusal.OUTCOME_UNKNOWN})
    AccountView changeProfile(@Valid @RequestBody ProfileChange change, @AuthenticationPrincipal Jwt caller) {
        UserId me = AuthenticatedUser.of(caller).user();
        String displayName = change.displayName();
        TextRules.requireDisplayName(displayName);
        commands.send(new ChangeProfile(me, displayName));
        return new AccountView(me, profiles.view(profiles.of(me)).username(), displayName);
    }

    @Operation(
            summary = "Change the caller's username",
            description = "The user logs in with the new username from then on. The previous username stays"
                    + " reserved: the user may return to it, and nobody else can take it.")
    @PutMapping("/username")
    @Refuses({
        Refusal.PASSWORD_WRONG,
        Refusal.USERNAME_INVALID,
        Refusal.USERNAME_TAKEN,
        Refusal.USERNAME_CHANGE_TOO_SOON,
        Refusal.NOT_FOUND,
        Refusal.OUTCOME_UNKNOWN
    })
    AccountView changeUsername(@Valid @RequestBody NewUsername change, @AuthenticationPrincipal Jwt caller) {
        UserId me = AuthenticatedUser.of(caller).user();
        usernames.change(me, change.username(), change.password());
        return new AccountView(
                me, change.username(), profiles.view(profiles.of(me)).displayName());
    }

    @Operation(
            summary = "Block a user",
            description = "In a direct conversation, a block in either direction stops both people from sending."
                    + " The blocked user is not told. Repeating it changes nothing.")
    @PutMapping("/blocks/{user}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Refuses({Refusal.INVALID_ID, Refusal.SELF_NOT_ALLOWED, Refusal.USER_NOT_FOUND, Refusal.OUTCOME_UNKNOWN})
    void block(@PathVariable UserId user, @AuthenticationPrincipal Jwt caller) {
        UserId me = AuthenticatedUser.of(caller).user();
        if (user.equals(me)) {
            throw new Refused(Refusal.SELF_NOT_ALLOWED);
        }
        profiles.requireAll(List.of(user));
        commands.send(new BlockUser(me, user));
    }

    @Operation(summary = "Unblock a user", description = "Repeating it changes nothing.")
    @DeleteMapping("/blocks/{user}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Refuses({Refusal.INVALID_ID, Refusal.OUTCOME_UNKNOWN})
    void unblock(@PathVariable UserId user, @AuthenticationPrincipal Jwt caller) {
        commands.send(new UnblockUser(AuthenticatedUser.of(caller).user(), user));
    }

    /** Also ends the login session and the socket of the device, on any node. */
    @Operation(
            summary = "Remove one of the caller's devices",
            description =
                    "Ends the login session of the device and closes its socket. Repeating it changes" + " nothing.")
    @DeleteMapping("/devices/{device}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Refuses({Refusal.INVALID_ID, Refusal.OUTCOME_UNKNOWN})
    void removeDevice(@PathVariable DeviceId device, @AuthenticationPrincipal Jwt caller) {
        UserId me = AuthenticatedUser.of(caller).user();
        commands.send(new RemoveDevice(me, device));
        sessions.endOfDevice(me, device);
        sources.forget(me, device);
    }

    /** Ends a login session of the caller, on any device. */
    @Operation(
            summary = "End one of the caller's login sessions",
            description = "Logs the device out and closes its socket. Sessions of other users are not found.")
    @DeleteMapping("/sessions/{session}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Refuses({Refusal.INVALID_ID, Refusal.SESSION_NOT_FOUND, Refusal.OUTCOME_UNKNOWN})
    void endSession(@PathVariable LoginSessionId session, @AuthenticationPrincipal Jwt caller) {
        UserId me = AuthenticatedUser.of(caller).user();
        LoginSession own = sessions.find(session)
                .filter(found -> found.user().equals(me))
                .orElseThrow(() -> new Refused(Refusal.SESSION_NOT_FOUND));
        logins.end(own);
    }
}
