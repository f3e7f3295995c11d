package chat.parley.command.http.contact;

import chat.parley.api.KebabCase;
import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.Refuses;
import chat.parley.api.account.UserId;
import chat.parley.api.contact.ContactCommand.EndContact;
import chat.parley.api.contact.ContactCommand.RequestContact;
import chat.parley.api.contact.ContactState;
import chat.parley.api.port.KeyedHash;
import chat.parley.dispatch.CommandDispatcher;
import chat.parley.identity.profile.Profiles;
import chat.parley.web.limit.RateLimit;
import chat.parley.web.limit.RateLimiter;
import chat.parley.web.token.AuthenticatedUser;
import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The caller's contacts. */
@RestController
@RequestMapping("/api/v1/users/me/contacts")
final class ContactsController {
    private final CommandDispatcher commands;
    private final Profiles profiles;
    private final ContactPolicy policy;
    private final RateLimiter limiter;
    private final KeyedHash hash;

    ContactsController(
            CommandDispatcher commands, Profiles profiles, ContactPolicy policy, RateLimiter limiter, KeyedHash hash) {
        this.commands = commands;
        this.profiles = profiles;
        this.policy = policy;
        this.limiter = limiter;
        this.hash = hash;
    }

    /** @param state {@code contact}, or {@code requested} until the other user accepts */
    record ContactView(UserId user, String state) {}

    @Operation(
            summary = "Request a contact, or accept a request",
            description = "Accepts if the other user has requested it. Repeating it changes nothing.")
    @PutMapping("/{user}")
    @Refuses({
        Refusal.INVALID_ID,
        Refusal.SELF_NOT_ALLOWED,
        Refusal.USER_NOT_FOUND,
        Refusal.USER_UNAVAILABLE,
        Refusal.CONTACT_REFUSED,
        Refusal.CONTACT_REQUEST_TOO_SOON,
        Refusal.LIMIT_EXCEEDED,
        Refusal.OUTCOME_UNKNOWN
    })
    ContactView request(@PathVariable UserId user, @AuthenticationPrincipal Jwt caller) {
        UserId me = other(user, caller);
        limiter.take(RateLimit.CONTACT_REQUEST, me.value());
        profiles.requireAllActive(List.of(user));
        policy.check(me, user);
        ContactState state = commands.send(new RequestContact(hash.contact(me, user), me, user), ContactState.class);
        return new ContactView(user, KebabCase.of(state));
    }

    @Operation(
            summary = "Remove a contact, or decline or withdraw a request",
            description = "Repeating it changes nothing.")
    @DeleteMapping("/{user}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Refuses({Refusal.INVALID_ID, Refusal.SELF_NOT_ALLOWED, Refusal.NOT_FOUND, Refusal.OUTCOME_UNKNOWN})
    void end(@PathVariable UserId user, @AuthenticationPrincipal Jwt caller) {
        UserId me = other(user, caller);
        commands.send(new EndContact(hash.contact(me, user), me, user));
    }

    /** Checks that {@code user} is not the caller. */
    private static UserId other(UserId user, Jwt caller) {
        UserId me = AuthenticatedUser.of(caller).user();
        if (user.equals(me)) {
            throw new Refused(Refusal.SELF_NOT_ALLOWED);
        }
        return me;
    }
}
