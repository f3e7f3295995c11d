package chat.parley.retention;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.Refusal;
import chat.parley.api.account.AccountCommand.GrantRole;
import chat.parley.api.account.DeviceId;
import chat.parley.api.account.SystemRole;
import chat.parley.api.account.UserId;
import chat.parley.api.audit.AuditAction;
import chat.parley.api.audit.HistoryAudited;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.retention.RetentionEvent.HoldPlaced;
import chat.parley.api.search.FindHits;
import chat.parley.dispatch.ReadModelClient;
import chat.parley.identity.login.Logins;
import chat.parley.testing.HttpAnswer;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import tools.jackson.databind.JsonNode;

/** Holds, erasures and rules as requests. */
class DecidingOverRestTest extends ServerTest {
    private static final String WHY = "reason=" + URLEncoder.encode(REASON, UTF_8);

    @Autowired
    Logins logins;

    @Autowired
    ReadModelClient readModel;

    @Autowired
    FakeHits hits;

    @Value("${local.server.port}")
    int port;

    private record Caller(UserId id, String token) {}

    private Caller caller(@Nullable SystemRole role) {
        String username = unique("user");
        UserId user = signUps.signUp(username, PASSWORD, "Somebody");
        if (role != null) {
            commands.send(new GrantRole(user, role, user, REASON));
        }
        readModel.catchUp();
        return new Caller(
                user,
                logins.logIn(username, PASSWORD, new DeviceId("device"), "192.0.2.7", URI.create("http://localhost"))
                        .accessToken());
    }

    private Caller auditor() {
        return caller(SystemRole.AUDITOR);
    }

    private HttpAnswer send(Caller caller, String method, String path, @Nullable Object body) {
        return HttpAnswer.to(HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/v1/audit" + path))
                .header("Authorization", "Bearer " + caller.token())
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : HttpAnswer.json(body)));
    }

    private HttpAnswer place(Caller caller, String hold, String field, Object held) {
        return send(caller, "POST", "/holds", Map.of("hold", hold, field, held, "reason", REASON));
    }

    private HttpAnswer erase(Caller caller, UserId user) {
        return send(caller, "POST", "/erasures", Map.of("user", user.value(), "reason", REASON));
    }

    private List<JsonNode> listed(Caller caller, String hold) {
        return send(caller, "GET", "/holds?" + WHY, null)
                .is(200)
                .body()
                .path("holds")
                .valueStream()
                .filter(each -> each.path("hold").asString().equals(hold))
                .toList();
    }

    @Test
    void aHoldRefusesTheErasureUntilAnotherAuditorLiftsIt() {
        Caller one = auditor();
        Caller other = auditor();
        UserId ann = somebody();
        ConversationId group = groupOf(ann);
        say(group, ann, "evidence");
        String hold = unique("case");

        JsonNode placed = place(one, hold, "conversations", List.of(group.value()))
                .is(201)
                .body();
        assertThat(placed.path("reason").asString()).isEqualTo(REASON);
        assertThat(placed.path("by").asString()).isEqualTo(one.id().value());
        assertThat(placed.path("conversations").get(0).asString()).isEqualTo(group.value());
        assertThat(listed(other, hold)).containsExactly(placed);

        HttpAnswer refused = erase(one, ann);
        refused.isRefused(Refusal.ON_HOLD);
        assertThat(refused.text("detail")).contains(hold);
        JsonNode state =
                send(other, "GET", "/erasures/" + ann + "?" + WHY, null).is(200).body();
        assertThat(state.path("state").asString()).isEqualTo("refused");
        assertThat(state.path("refusal").asString()).isEqualTo("on-hold");
        assertThat(readable(group, ann)).allMatch(text -> text.isPresent());

        send(one, "DELETE", "/holds/" + hold + "?" + WHY, null).isRefused(Refusal.SECOND_PERSON_REQUIRED);
        send(other, "DELETE", "/holds/" + hold + "?" + WHY, null).is(204);
        send(other, "DELETE", "/holds/" + hold + "?" + WHY, null).isRefused(Refusal.HOLD_NOT_FOUND);
        assertThat(listed(one, hold)).isEmpty();

        JsonNode erased = erase(one, ann).is(202).body();
        assertThat(erased.path("state").asString()).isEqualTo("erased");
        assertThat(erased.path("orderedBy").asString()).isEqualTo(one.id().value());
        assertThat(erased.path("keysDestroyedAt").isNull()).isFalse();
        assertThat(erased.path("stores")
                        .valueStream()
                        .map(store -> store.path("store").asString()))
                .containsExactly(
                        "read-model", "search-index", "saved-searches", "notifications", "log-salts", "exports");
        assertThat(readable(group, ann)).allMatch(text -> text.isEmpty());
        assertThat(erase(other, ann).is(202).body().path("orderedBy").asString())
                .isEqualTo(one.id().value());
    }

    @Test
    void aHoldOnASearchHoldsAuthorsAndConversationsOfItsHits() {
        Caller one = auditor();
        UserId ann = somebody();
        UserId ben = somebody();
        ConversationId group = groupOf(ann, ben);
        hits.are(new FindHits.Hit(group, 2, ann), new FindHits.Hit(group, 3, ben), new FindHits.Hit(group, 4, ann));
        String hold = unique("case");

        JsonNode placed = place(one, hold, "query", "회의록 has:link").is(201).body();

        assertThat(placed.path("users").valueStream().map(JsonNode::asString))
                .containsExactly(ann.value(), ben.value());
        assertThat(placed.path("conversations").size()).isEqualTo(1);
        assertThat(placed.path("query").asString()).isEqualTo("회의록 has:link");
        assertThat(aggregates.stored(HoldPlaced.class).getLast().toString()).doesNotContain("회의록");
        hits.are(new FindHits.Hit(group, 2, ann));
        assertThat(place(one, hold, "query", "회의록 has:link").is(201).body()).isEqualTo(placed);
        place(one, hold, "query", "another").isRefused(Refusal.HOLD_EXISTS);
    }

    @ParameterizedTest
    @EnumSource(names = {"SEARCH_OFF", "SEARCH_STARTING", "SEARCH_UNAVAILABLE", "LIMIT_EXCEEDED", "QUERY_INVALID"})
    void aSearchThatCannotAnswerIsNotHeld(Refusal refusal) {
        hits.areRefused(refusal);
        place(auditor(), unique("case"), "query", "tea").isRefused(refusal);
    }

    @Test
    void whatHoldsNothingIsRefused() {
        Caller one = auditor();
        hits.are();
        place(one, unique("case"), "query", "no such word").isRefused(Refusal.INVALID_PARAMETER);
        place(one, unique("case"), "users", List.of()).isRefused(Refusal.INVALID_PARAMETER);
        place(one, unique("case"), "users", List.of("mistyped")).isRefused(Refusal.USER_NOT_FOUND);
        place(one, unique("case"), "conversations", List.of("mistyped")).isRefused(Refusal.CONVERSATION_NOT_FOUND);
        place(one, "not an id", "users", List.of(somebody().value())).isRefused(Refusal.INVALID_ID);
        send(one, "POST", "/holds", Map.of("users", List.of(somebody().value()), "reason", REASON))
                .isRefused(Refusal.INVALID_PARAMETER);
        send(
                        one,
                        "POST",
                        "/holds",
                        Map.of("hold", "h", "users", List.of(somebody().value()), "query", "tea", "reason", REASON))
                .isRefused(Refusal.INVALID_PARAMETER);
    }

    @Test
    void rulesAreSetAndRemoved() {
        Caller one = auditor();
        UserId ann = somebody();
        ConversationId group = groupOf(ann);
        String ofGroup = "/retention/conversations/" + group;
        send(one, "PUT", "/retention", Map.of("days", 36_500, "reason", REASON)).is(204);
        send(one, "PUT", ofGroup, Map.of("days", 30, "reason", REASON)).is(204);

        List<JsonNode> rules = send(one, "GET", "/retention?" + WHY, null)
                .is(200)
                .body()
                .path("rules")
                .valueStream()
                .toList();
        assertThat(rules).anySatisfy(rule -> {
            assertThat(rule.path("conversation").isNull()).isTrue();
            assertThat(rule.path("days").asInt()).isEqualTo(36_500);
        });
        assertThat(rules).anySatisfy(rule -> {
            assertThat(rule.path("conversation").asString()).isEqualTo(group.value());
            assertThat(rule.path("days").asInt()).isEqualTo(30);
            assertThat(rule.path("reason").asString()).isEqualTo(REASON);
        });

        send(one, "DELETE", ofGroup + "?" + WHY, null).is(204);
        send(one, "DELETE", "/retention?" + WHY, null).is(204);
        assertThat(send(one, "GET", "/retention?" + WHY, null).is(200).body().path("rules"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "36501"})
    void daysAreBounded(int days) {
        send(auditor(), "PUT", "/retention", Map.of("days", days, "reason", REASON))
                .isRefused(Refusal.RETENTION_INVALID);
    }

    @Test
    void aRuleNeedsDaysAndAConversation() {
        send(auditor(), "PUT", "/retention", Map.of("reason", REASON)).isRefused(Refusal.INVALID_PARAMETER);
        send(auditor(), "PUT", "/retention/conversations/nowhere", Map.of("days", 3, "reason", REASON))
                .isRefused(Refusal.CONVERSATION_NOT_FOUND);
    }

    @Test
    void readingIsAnAccess() {
        Caller one = auditor();
        UserId ann = somebody();
        send(one, "GET", "/holds?" + WHY, null).is(200);
        send(one, "GET", "/retention?" + WHY, null).is(200);
        send(one, "GET", "/erasures/" + ann + "?" + WHY, null).isRefused(Refusal.ERASURE_NOT_FOUND);
        assertThat(aggregates.stored(HistoryAudited.class).stream()
                        .filter(access -> access.auditor().equals(one.id())))
                .hasSize(3)
                .allMatch(access -> access.action() == AuditAction.READ_RETENTION)
                .last()
                .extracting(HistoryAudited::user)
                .isEqualTo(ann);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /holds",
        "POST, /holds",
        "DELETE, /holds/case",
        "POST, /erasures",
        "GET, /erasures/somebody",
        "GET, /retention",
        "PUT, /retention",
        "DELETE, /retention",
        "PUT, /retention/conversations/group",
        "DELETE, /retention/conversations/group"
    })
    void onlyAuditorsWithAReasonDecide(String method, String path) {
        ConversationId group = groupOf(somebody());
        String there = path.replace("/group", "/" + group);
        Map<String, Object> body = Map.of(
                "hold",
                unique("case"),
                "users",
                List.of(somebody().value()),
                "user",
                somebody().value(),
                "days",
                3);
        boolean hasBody = method.equals("POST") || method.equals("PUT");
        Map<String, Object> stated = new HashMap<>(body);
        stated.put("reason", REASON);
        for (SystemRole role : List.of(SystemRole.ADMIN, SystemRole.ANALYST, SystemRole.INVESTIGATOR)) {
            send(caller(role), method, there + "?" + WHY, hasBody ? stated : null)
                    .isRefused(Refusal.FORBIDDEN);
        }
        send(caller(null), method, there + "?" + WHY, hasBody ? stated : null).isRefused(Refusal.FORBIDDEN);
        send(auditor(), method, there, hasBody ? body : null).isRefused(Refusal.REASON_REQUIRED);
        stated.put("reason", "two\nlines");
        send(auditor(), method, there + "?reason=two%0Alines", hasBody ? stated : null)
                .isRefused(Refusal.REASON_REQUIRED);
    }

    @Test
    void onesOwnErasureNeedsAnotherAuditor() {
        Caller one = auditor();
        erase(one, one.id()).isRefused(Refusal.SELF_NOT_ALLOWED);
        erase(one, new UserId("nobody")).isRefused(Refusal.USER_NOT_FOUND);
    }
}
