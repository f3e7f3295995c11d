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

/** Leaving, for a while or for good. Asks for the password, since a token alone may be stolen. */
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
            summary = "Deactivate one's account until the next login",
            description = "Ends every session. Nobody finds one, writes to one or adds one to a group until then;"
                    + " memberships and contacts stay. An admin has to be relieved of that role by another one first.")
    @PostMapping("/deactivation")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Refuses({Refusal.PASSWORD_WRONG, Refusal.LAST_ADMIN, Refusal.NOT_FOUND, Refusal.OUTCOME_UNKNOWN})
    void deactivate(@Valid @RequestBody Closing closing, @AuthenticationPrincipal Jwt caller) {
        UserId me = AuthenticatedUser.of(caller).user();
        check.require(me, closing.password());
        closings.deactivate(me);
    }

    @Operation(
            summary = "Delete one's account",
            description = "For good. Messages stay, of somebody who is deleted; sessions, contacts, push registrations,"
                    + " mail address and memberships end, and groups that one owns pass to the admin, or else the"
                    + " member, who has been there longest. Nobody takes the username again.")
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
