package chat.parley.query.http;

import static chat.parley.query.http.TestWebMvc.ANN;
import static chat.parley.query.http.TestWebMvc.BOB;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import chat.parley.api.account.DeviceId;
import chat.parley.api.account.FindSettings;
import chat.parley.api.account.LoginSessionId;
import chat.parley.api.account.Settings;
import chat.parley.api.account.Settings.ContactRequests;
import chat.parley.api.account.Settings.QuietHours;
import chat.parley.api.contact.ContactState;
import chat.parley.api.contact.FindContacts;
import chat.parley.api.port.OpenLogins.Login;
import chat.parley.eventprocessing.query.QueryClient;
import chat.parley.query.http.account.MeController;
import chat.parley.testing.InMemoryQueries;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import org.axonframework.queryhandling.QueryHandler;
import org.junit.jupiter.api.Test;
import org.springframework.test.json.JsonCompareMode;
import org.springframework.test.web.servlet.MockMvc;

class ReadingTheOwnAccountTest {
    private static final Instant MORNING = Instant.parse("2026-11-21T09:30:00.123Z");
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private Settings settings = Settings.DEFAULT;
    private final MockMvc rest = TestWebMvc.of(new MeController(
            new QueryClient(InMemoryQueries.gateway(this), TestWebMvc.PROPERTIES.timeout()),
            user -> user.equals(ANN)
                    ? List.of(
                            new Login(new LoginSessionId("session-2"), new DeviceId("laptop"), MORNING, NOON),
                            new Login(new LoginSessionId("session-1"), new DeviceId("phone"), MORNING, MORNING))
                    : List.of()));

    @QueryHandler
    Settings handle(FindSettings query) {
        return query.user().equals(ANN) ? settings : Settings.DEFAULT;
    }

    @QueryHandler
    FindContacts.Contacts handle(FindContacts query) {
        return new FindContacts.Contacts(
                query.user().equals(ANN)
                        ? List.of(new FindContacts.Contact(BOB, ContactState.ASKED, MORNING))
                        : List.of());
    }

    private void answers(String path, String json) throws Exception {
        rest.perform(get("/api/v1/users/me/" + path))
                .andExpect(status().isOk())
                .andExpect(content().json(json, JsonCompareMode.STRICT));
    }

    @Test
    void theOwnSettings() throws Exception {
        answers("settings", """
            {"contactRequests": "everybody", "groupAdditions": "everybody", "readReceipts": true, "notifications": true,
             "textInNotifications": true, "quietHours": null, "language": "en"}\
            """);
        settings = new Settings(
                ContactRequests.NOBODY,
                Settings.GroupAdditions.CONTACTS,
                false,
                true,
                false,
                new QuietHours(LocalTime.of(22, 0), LocalTime.of(6, 30), ZoneId.of("Asia/Seoul")),
                "ko");
        answers("settings", """
            {"contactRequests": "nobody", "groupAdditions": "contacts", "readReceipts": false, "notifications": true,
             "textInNotifications": false, "language": "ko",
             "quietHours": {"from": "22:00", "to": "06:30", "zone": "Asia/Seoul"}}\
            """);
    }

    @Test
    void theOwnContacts() throws Exception {
        answers("contacts", """
            {"contacts": [{"user": "bob", "state": "asked", "since": "2026-11-21T09:30:00.123Z"}]}\
            """);
    }

    @Test
    void loginSessions() throws Exception {
        answers("sessions", """
            {"sessions": [
              {"id": "session-2", "device": "laptop", "current": false,
               "created": "2026-11-21T09:30:00.123Z", "lastUsed": "2026-11-21T12:00:00Z"},
              {"id": "session-1", "device": "phone", "current": true,
               "created": "2026-11-21T09:30:00.123Z", "lastUsed": "2026-11-21T09:30:00.123Z"}]}\
            """);
    }
}
