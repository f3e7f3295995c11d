package chat.parley.command.http.account;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.Refuses;
import chat.parley.api.account.UserId;
import chat.parley.identity.account.SignUp;
import chat.parley.identity.login.KnownLoginSources;
import chat.parley.identity.policy.AuthProperties;
import chat.parley.identity.profile.AccountView;
import chat.parley.web.address.RequestAddresses;
import chat.parley.web.limit.RateLimit;
import chat.parley.web.limit.RateLimiter;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/accounts")
final class AccountsController {
    private final SignUp signUp;
    private final RateLimiter limiter;
    private final KnownLoginSources sources;
    private final boolean open;

    AccountsController(SignUp signUp, RateLimiter limiter, KnownLoginSources sources, AuthProperties properties) {
        this.signUp = signUp;
        this.limiter = limiter;
        this.sources = sources;
        this.open = !properties.external();
    }

    record NewAccount(
            @NotNull String username,
            @NotNull String password,
            @NotNull String displayName) {
        @Override
        public String toString() {
            return "NewAccount[]";
        }
    }

    @SecurityRequirements
    @Operation(
            summary = "Sign up",
            description = "Registers an account and answers it. Needs no token. The number of new accounts per"
                    + " minute from one network address is limited. Not found where an external issuer's tokens"
                    + " are accepted instead.")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Refuses({
        Refusal.USERNAME_INVALID,
        Refusal.PASSWORD_INVALID,
        Refusal.DISPLAY_NAME_INVALID,
        Refusal.USERNAME_TAKEN,
        Refusal.OUTCOME_UNKNOWN
    })
    AccountView signUp(@Valid @RequestBody NewAccount account, HttpServletRequest request) {
        if (!open) {
            throw new Refused(Refusal.NOT_FOUND);
        }
        String address = RequestAddresses.of(request);
        limiter.take(RateLimit.SIGN_UP, address);
        UserId user = signUp.signUp(account.username(), account.password(), account.displayName());
        sources.remember(user, address);
        return new AccountView(user, account.username(), account.displayName());
    }
}
