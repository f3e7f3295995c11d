package chat.parley.query.http.account;

import chat.parley.api.account.FindSettings;
import chat.parley.api.account.Settings;
import chat.parley.api.account.UserId;
import chat.parley.api.contact.FindContacts;
import chat.parley.api.port.OpenLogins;
import chat.parley.query.http.Caller;
import chat.parley.query.http.Queries;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What nobody but oneself may read. */
@Tag(name = "Users")
@RestController
@RequestMapping("/api/v1/users/me")
public final class MeController {
    private final Queries queries;
    private final OpenLogins logins;

    public MeController(Queries queries, OpenLogins logins) {
        this.queries = queries;
        this.logins = logins;
    }

    @Operation(summary = "What one has decided about oneself")
    @GetMapping("/settings")
    SettingsView settings(@AuthenticationPrincipal Jwt token) {
        return SettingsView.of(queries.ask(new FindSettings(Caller.of(token)), Settings.class));
    }

    @Operation(
            summary = "One's contacts and open requests, oldest first",
            description = "Without those whom one has blocked.")
    @GetMapping("/contacts")
    ContactsView contacts(@AuthenticationPrincipal Jwt token) {
        UserId me = Caller.of(token);
        return new ContactsView(queries.ask(new FindContacts(me), FindContacts.Contacts.class).contacts().stream()
                .map(contact -> new ContactsView.Contact(contact.user(), contact.state(), contact.since()))
                .toList());
    }

    @Operation(summary = "Where one is logged in, last used first")
    @GetMapping("/sessions")
    SessionsView sessions(@AuthenticationPrincipal Jwt token) {
        String current = Caller.session(token);
        return new SessionsView(logins.of(Caller.of(token)).stream()
                .map(login -> new SessionsView.Session(
                        login.session(),
                        login.device(),
                        login.created(),
                        login.lastUsed(),
                        login.session().value().equals(current)))
                .toList());
    }
}
