package chat.parley.command.http.account;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.Refuses;
import chat.parley.api.account.AccountCommand.GrantRole;
import chat.parley.api.account.AccountCommand.RevokeRole;
import chat.parley.api.account.SystemRole;
import chat.parley.api.account.UserId;
import chat.parley.dispatch.CommandDispatcher;
import chat.parley.dispatch.ReadModelClient;
import chat.parley.identity.security.AdminKey;
import chat.parley.identity.security.SecurityConfiguration;
import chat.parley.identity.session.LoginSessions;
import chat.parley.web.RequestParameters;
import chat.parley.web.token.AuthenticatedUser;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Roles of accounts. {@link SecurityConfiguration} admits admins and the holder of the {@link AdminKey}. */
@RestController
@RequestMapping("/api/v1/users/{user}/roles/{role}")
final class RolesController {
    private final CommandDispatcher commands;
    private final ReadModelClient readModel;
    private final LoginSessions sessions;

    RolesController(CommandDispatcher commands, ReadModelClient readModel, LoginSessions sessions) {
        this.commands = commands;
        this.readModel = readModel;
        this.sessions = sessions;
    }

    @Operation(
            summary = "Grant a role",
            description =
                    "Needs the role `admin`. The reason is stored with the grant. The first admin is made on the server's own machine, without a token,"
                            + " with the key from the data directory in the header Parley-Admin-Key.")
    @PutMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Refuses({
        Refusal.INVALID_ID,
        Refusal.INVALID_PARAMETER,
        Refusal.FORBIDDEN,
        Refusal.REASON_REQUIRED,
        Refusal.USER_NOT_FOUND,
        Refusal.OUTCOME_UNKNOWN
    })
    void grant(
            @PathVariable UserId user,
            @PathVariable String role,
            @Parameter(description = "One line of at most 500 characters", required = true)
                    @RequestParam(required = false)
                    @Nullable
                    String reason,
            @AuthenticationPrincipal @Nullable Jwt caller) {
        commands.send(new GrantRole(
                user,
                role(role),
                caller == null ? user : AuthenticatedUser.of(caller).user(),
                RequestParameters.reason(reason)));
        takeEffect(user);
    }

    /** Admins cannot revoke their own role {@code admin}, so that one admin always remains. */
    @Operation(
            summary = "Revoke a role",
            description =
                    "Needs the role `admin`. The reason is stored with it. Admins cannot revoke their own role `admin`, so that one always"
                            + " remains. The user's sockets are closed, and their access tokens must be refreshed.")
    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Refuses({
        Refusal.INVALID_ID,
        Refusal.INVALID_PARAMETER,
        Refusal.FORBIDDEN,
        Refusal.REASON_REQUIRED,
        Refusal.USER_NOT_FOUND,
        Refusal.LAST_ADMIN,
        Refusal.OUTCOME_UNKNOWN
    })
    void revoke(
            @PathVariable UserId user,
            @PathVariable String role,
            @Parameter(description = "One line of at most 500 characters", required = true)
                    @RequestParam(required = false)
                    @Nullable
                    String reason,
            @AuthenticationPrincipal Jwt caller) {
        SystemRole revoked = role(role);
        UserId by = AuthenticatedUser.of(caller).user();
        if (revoked == SystemRole.ADMIN && user.equals(by)) {
            throw new Refused(Refusal.LAST_ADMIN);
        }
        commands.send(new RevokeRole(user, revoked, by, RequestParameters.reason(reason)));
        takeEffect(user);
    }

    /**
     * Access tokens get their roles from the read model, so the read model has to include the change before the issued
     * tokens are invalidated. If it takes too long, the client is told to retry; the retry stores no second event.
     */
    private void takeEffect(UserId user) {
        readModel.catchUp();
        sessions.startNewGeneration(user);
    }

    private static SystemRole role(String name) {
        return RequestParameters.parse(SystemRole.class, name);
    }
}
