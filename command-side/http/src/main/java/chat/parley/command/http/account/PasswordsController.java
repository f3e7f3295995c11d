package chat.parley.command.http.account;

import chat.parley.api.Refusal;
import chat.parley.api.Refuses;
import chat.parley.api.account.UserId;
import chat.parley.identity.account.PasswordChanges;
import chat.parley.identity.password.CodeMailer;
import chat.parley.identity.password.OneTimeCodes.Code;
import chat.parley.identity.policy.PasswordLoginGuard;
import chat.parley.web.address.RequestAddresses;
import chat.parley.web.limit.RateLimit;
import chat.parley.web.limit.RateLimiter;
import chat.parley.web.token.AuthenticatedUser;
import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Changes a password, and sets a new one by a code. */
@RestController
@RequestMapping("/api/v1")
final class PasswordsController {
    private final PasswordChanges passwords;
    private final CodeMailer mailedCodes;
    private final RateLimiter limiter;
    private final PasswordLoginGuard own;

    PasswordsController(
            PasswordChanges passwords, CodeMailer mailedCodes, RateLimiter limiter, PasswordLoginGuard own) {
        this.passwords = passwords;
        this.mailedCodes = mailedCodes;
        this.limiter = limiter;
        this.own = own;
    }

    record PasswordChange(
            @NotNull String current,
            @JsonProperty("new") @NotNull String next) {
        @Override
        public String toString() {
            return "PasswordChange[]";
        }
    }

    /** @param code shown only in this answer; it can be used once */
    record IssuedReset(String code, Instant expiresAt) {
        @Override
        public String toString() {
            return "IssuedReset[]";
        }
    }

    record PasswordReset(
            @NotNull String username,
            @NotNull String code,
            @NotNull String newPassword) {
        @Override
        public String toString() {
            return "PasswordReset[]";
        }
    }

    /** @param username the username, or the confirmed mail address of the account */
    record ResetRequest(
            @JsonAlias({"email", "address"}) @NotNull String username) {
        @Override
        public String toString() {
            return "ResetRequest[]";
        }
    }

    @Operation(
            summary = "Change the caller's password",
            description = "Ends every other session and its socket; the session that asks stays.")
    @PutMapping("/users/me/password")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Refuses({Refusal.PASSWORD_WRONG, Refusal.PASSWORD_INVALID, Refusal.NOT_FOUND, Refusal.OUTCOME_UNKNOWN})
    void change(@Valid @RequestBody PasswordChange change, @AuthenticationPrincipal Jwt caller) {
        passwords.change(
                AuthenticatedUser.of(caller).user(),
                AuthenticatedUser.of(caller).login(),
                change.current(),
                change.next());
    }

    @Operation(
            summary = "Issue a code for a new password",
            description =
                    "Needs the role `admin`. For a user who has lost the password. Only this answer shows the code."
                            + " It can be used once, within parley.mail.issued-code-ttl. An event records who issued"
                            + " the code.")
    @PostMapping("/users/{user}/password-reset")
    @ResponseStatus(HttpStatus.CREATED)
    @Refuses({
        Refusal.INVALID_ID,
        Refusal.FORBIDDEN,
        Refusal.NOT_FOUND,
        Refusal.USER_NOT_FOUND,
        Refusal.USER_UNAVAILABLE,
        Refusal.OUTCOME_UNKNOWN
    })
    IssuedReset issue(@PathVariable UserId user, @AuthenticationPrincipal Jwt caller) {
        own.require();
        Code code = passwords.issueReset(user, AuthenticatedUser.of(caller).user());
        return new IssuedReset(code.value(), code.expiresAt());
    }

    @Operation(
            summary = "Set a new password by a code",
            description = "Ends every session. A wrong username and a wrong code get the same answer.")
    @SecurityRequirements
    @PostMapping("/password-resets")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Refuses({Refusal.CODE_INVALID, Refusal.PASSWORD_INVALID, Refusal.NOT_FOUND, Refusal.OUTCOME_UNKNOWN})
    void reset(@Valid @RequestBody PasswordReset reset, HttpServletRequest request) {
        own.require();
        limiter.take(RateLimit.PASSWORD_RESET, RequestAddresses.of(request));
        passwords.reset(reset.username(), reset.code(), reset.newPassword());
    }

    @Operation(
            summary = "Ask for a code by mail",
            description = "The code is sent to the confirmed address of the account with this username or address. The"
                    + " answer is the same whether or not such an account exists.")
    @SecurityRequirements
    @PostMapping("/password-resets/requests")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Refuses({Refusal.MAIL_OFF, Refusal.NOT_FOUND})
    void request(@Valid @RequestBody ResetRequest asked, HttpServletRequest request) {
        own.require();
        mailedCodes.requireOn();
        limiter.take(RateLimit.PASSWORD_RESET, RequestAddresses.of(request));
        mailedCodes.sendReset(asked.username());
    }
}
