package chat.parley.command.http.account;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.Refuses;
import chat.parley.api.account.DeviceId;
import chat.parley.identity.login.Logins;
import chat.parley.identity.login.Tokens;
import chat.parley.identity.policy.AuthProperties;
import chat.parley.identity.session.LoginSessions;
import chat.parley.web.address.RequestAddresses;
import chat.parley.web.token.AuthenticatedUser;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/sessions")
final class SessionsController {
    private static final String CURRENT = "current";

    private final Logins logins;
    private final LoginSessions sessions;
    private final boolean open;

    SessionsController(Logins logins, LoginSessions sessions, AuthProperties properties) {
        this.logins = logins;
        this.sessions = sessions;
        this.open = !properties.external();
    }

    record Login(
            @NotNull String username,
            @NotNull String password,
            @NotNull DeviceId device) {
        @Override
        public String toString() {
            return "Login[device=" + device + "]";
        }
    }

    record Refresh(@NotNull String refreshToken) {
        @Override
        public String toString() {
            return "Refresh[]";
        }
    }

    @SecurityRequirements
    @Operation(
            summary = "Log in",
            description = "Opens a login session for the device, in place of the one that it has, and answers an"
                    + " access token, a refresh token and the URL of the recommended push node. Needs no token."
                    + " Wrong passwords are limited by account and by network address.")
    @PostMapping
    @Refuses({Refusal.INVALID_ID, Refusal.BAD_CREDENTIALS, Refusal.OUTCOME_UNKNOWN})
    Tokens logIn(@Valid @RequestBody Login login, HttpServletRequest request) {
        requireOpen();
        return logins.logIn(
                login.username(), login.password(), login.device(), RequestAddresses.of(request), addressed(request));
    }

    @SecurityRequirements
    @Operation(
            summary = "Refresh the tokens",
            description = "Answers a new access token and a new refresh token. Needs no access token. A refresh"
                    + " token that was used before is refused after a grace period, and the session ends,"
                    + " because a copy of it may be stolen.")
    @PostMapping("/refresh")
    @Refuses({Refusal.TOKEN_INVALID, Refusal.OUTCOME_UNKNOWN})
    Tokens refresh(@Valid @RequestBody Refresh refresh, HttpServletRequest request) {
        requireOpen();
        return logins.refresh(refresh.refreshToken(), addressed(request));
    }

    @Operation(
            summary = "Log out",
            description = "Ends the session of this access token and closes the socket of its device.")
    @DeleteMapping("/current")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Refuses(Refusal.OUTCOME_UNKNOWN)
    void logOut(@AuthenticationPrincipal Jwt caller) {
        requireOpen();
        sessions.find(AuthenticatedUser.of(caller).login()).ifPresent(logins::end);
    }

    @Operation(
            summary = "Log out everywhere",
            description = "Ends every session of the user and its socket, except the current one with except=current.")
    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Refuses({Refusal.INVALID_PARAMETER, Refusal.NOT_FOUND, Refusal.OUTCOME_UNKNOWN})
    void logOutEverywhere(
            @RequestParam(required = false) @Nullable String except, @AuthenticationPrincipal Jwt caller) {
        requireOpen();
        if (except != null && !CURRENT.equals(except)) {
            throw new Refused(Refusal.INVALID_PARAMETER);
        }
        logins.endAll(
                AuthenticatedUser.of(caller).user(),
                except == null ? null : AuthenticatedUser.of(caller).login());
    }

    private void requireOpen() {
        if (!open) {
            throw new Refused(Refusal.NOT_FOUND);
        }
    }

    private static URI addressed(HttpServletRequest request) {
        return RequestAddresses.self(request).orElseThrow(() -> new Refused(Refusal.INVALID_PARAMETER));
    }
}
