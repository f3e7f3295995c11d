package chat.parley.command.http.account;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.Refuses;
import chat.parley.api.account.DeviceId;
import chat.parley.identity.login.LoginSessions;
import chat.parley.identity.login.Logins;
import chat.parley.identity.login.Tokens;
import chat.parley.identity.security.AuthProperties;
import chat.parley.identity.security.Caller;
import chat.parley.web.address.Addresses;
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
public final class SessionsController {
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
    @PostMapping
    @Refuses({Refusal.INVALID_ID, Refusal.BAD_CREDENTIALS, Refusal.OUTCOME_UNKNOWN})
    Tokens logIn(@Valid @RequestBody Login login, HttpServletRequest request) {
        requireOpen();
        return logins.logIn(
                login.username(), login.password(), login.device(), Addresses.of(request), addressed(request));
    }

    @SecurityRequirements
    @PostMapping("/refresh")
    @Refuses({Refusal.TOKEN_INVALID, Refusal.OUTCOME_UNKNOWN})
    Tokens refresh(@Valid @RequestBody Refresh refresh, HttpServletRequest request) {
        requireOpen();
        return logins.refresh(refresh.refreshToken(), addressed(request));
    }

    @DeleteMapping("/current")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Refuses(Refusal.OUTCOME_UNKNOWN)
    void logOut(@AuthenticationPrincipal Jwt caller) {
        requireOpen();
        sessions.find(Caller.session(caller)).ifPresent(logins::end);
    }

    @Operation(
            summary = "Log out everywhere",
            description = "Ends every session of one's own and its socket; with except=current every other.")
    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Refuses({Refusal.INVALID_PARAMETER, Refusal.NOT_FOUND, Refusal.OUTCOME_UNKNOWN})
    void logOutEverywhere(
            @RequestParam(required = false) @Nullable String except, @AuthenticationPrincipal Jwt caller) {
        requireOpen();
        if (except != null && !CURRENT.equals(except)) {
            throw new Refused(Refusal.INVALID_PARAMETER);
        }
        logins.endAll(Caller.user(caller), except == null ? null : Caller.session(caller));
    }

    private void requireOpen() {
        if (!open) {
            throw new Refused(Refusal.NOT_FOUND);
        }
    }

    private static URI addressed(HttpServletRequest request) {
        return Addresses.self(request).orElseThrow(() -> new Refused(Refusal.INVALID_PARAMETER));
    }
}
