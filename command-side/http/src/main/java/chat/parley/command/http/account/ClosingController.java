package chat.parley.command.http.account;

import chat.parley.api.Refusal;
import chat.parley.api.Refuses;
import chat.parley.api.account.UserId;
import chat.parley.identity.account.AccountClosing;
import chat.parley.identity.account.DeletionFinisher;
import chat.parley.identity.password.PasswordCheck;
import chat.parley.web.token.AuthenticatedUser;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Deactivates and deletes the caller's account. Both need the password, because an access token alone may be stolen.
 */
@RestController
@RequestMapping("/api/v1/users/me")
final class ClosingController {
    private final AccountClosing closings;
    private final DeletionFinisher unfinished;
    private final PasswordCheck check;

    ClosingController(AccountClosing closings, DeletionFinisher unfinished, PasswordCheck check) {
        this.closings = closings;
        this.unfinished = unfinished;
        this.check = check;
    }

    record Closing(@NotNull String password) {
        @Override
        public String toString() {
            return "Closing[]";
        }
    }

    @Operation(
            summary = "Deactivate the caller's account until the next login",
            description = "Ends every session. Until then nobody finds the user, writes to the user or adds the user to"
                    + " a group; memberships and contacts stay. For a user with the role `admin`, another admin must"
                    + " revoke the role first.")
    @PostMapping("/deactivation")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Refuses({Refusal.PASSWORD_WRONG, Refusal.LAST_ADMIN, Refusal.NOT_FOUND, Refusal.OUTCOME_UNKNOWN})
    void deactivate(@Valid @RequestBody Closing closing, @AuthenticationPrincipal Jwt caller) {
        UserId me = AuthenticatedUser.of(caller).user();
        check.require(me, closing.password());
        closings.deactivate(me);
    }

    @Operation(
            summary = "Delete the caller's account",
            description = "Cannot be undone. Messages stay and show a deleted user as their author. Sessions, contacts,"
                    + " push registrations, the mail address and memberships end. A group that the user owns passes"
                    + " to the admin with the longest membership, or else to the member with the longest. The username"
                    + " cannot be taken again.")
    @PostMapping("/deletion")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Refuses({Refusal.PASSWORD_WRONG, Refusal.LAST_ADMIN, Refusal.NOT_FOUND, Refusal.OUTCOME_UNKNOWN})
    void delete(@Valid @RequestBody Closing closing, @AuthenticationPrincipal Jwt caller) {
        UserId me = AuthenticatedUser.of(caller).user();
        check.require(me, closing.password());
        closings.delete(me);
        unfinished.wake();
    }
}
