package chat.parley.query.http.account;

import chat.parley.api.account.FindSettings;
import chat.parley.api.account.LoginSessionId;
import chat.parley.api.account.Settings;
import chat.parley.api.account.UserId;
import chat.parley.api.contact.FindContacts;
import chat.parley.api.port.OpenLogins;
import chat.parley.eventprocessing.query.QueryClient;
import chat.parley.web.token.AuthenticatedUser;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Data that only the user may read. */
@Tag(name = "Users")
@RestController
@RequestMapping("/api/v1/users/me")
public final class MeController {
    private final QueryClient queries;
    private final OpenLogins logins;

    public MeController(QueryClient queries, OpenLogins logins) {
        this.queries = queries;
        this.logins = logins;
    }

    @Operation(summary = "Read the caller's settings")
    @GetMapping("/settings")
    SettingsView settings(@AuthenticationPrincipal Jwt token) {
        return SettingsView.of(
                queries.ask(new FindSettings(AuthenticatedUser.of(token).user()), Settings.class));
    }

    @Operation(
            summary = "List the caller's contacts and open requests, oldest first",
            description = "Without users that the caller has blocked.")
    @GetMapping("/contacts")
    ContactsView contacts(@AuthenticationPrincipal Jwt token) {
        UserId me = AuthenticatedUser.of(token).user();
        return new ContactsView(queries.ask(new FindContacts(me), FindContacts.Contacts.class).contacts().stream()
                .map(contact -> new ContactsView.Contact(contact.user(), contact.state(), contact.since()))
                .toList());
    }

    @Operation(summary = "List the caller's login sessions, last used first")
    @GetMapping("/sessions")
    SessionsView sessions(@AuthenticationPrincipal Jwt token) {
        LoginSessionId current = AuthenticatedUser.of(token).login();
        return new SessionsView(logins.of(AuthenticatedUser.of(token).user()).stream()
                .map(login -> new SessionsView.Session(
                        login.session(),
                        login.device(),
                        login.created(),
                        login.lastUsed(),
                        login.session().equals(current)))
                .toList());
    }
}
