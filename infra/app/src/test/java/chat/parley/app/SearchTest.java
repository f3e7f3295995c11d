package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.account.UserId;
import chat.parley.api.search.HistorySearched;
import chat.parley.api.search.SearchLogId;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** A message's way into and out of the search index, with a real Elasticsearch. */
class SearchTest {
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final ParleyServer server = ParleyServer.sharedWithSearch();

    @Test
    void findsReadableMessagesWithTheirCurrentTexts() {
        TestUser alice = server.newPerson();
        TestUser bob = server.newPerson();
        String group = alice.startGroup();
        DirectConversationScenario.send(alice, group, "비급여 항목은 아직 논의 중입니다");
        alice.rest
                .put("/conversations/" + group + "/members/" + bob.id, Map.of())
                .expect(200, 201, 204);
        long minutes = DirectConversationScenario.send(alice, group, "어제 회의록을 공유했습니다");
        long withdrawn = DirectConversationScenario.send(alice, group, "회의실 비밀번호는 비밀입니다");

        awaitHits(alice, "회의", 2);
        awaitHits(bob, "회의", 2);
        awaitHits(alice, "비급여", 1);
        awaitHits(bob, "비급여", 0);
        awaitHits(server.newPerson(), "회의", 0);
        JsonNode hit = search(bob, "회의록").path("hits").path(0);
        assertThat(hit.path("conversation").asString()).isEqualTo(group);
        assertThat(hit.path("position").asLong()).isEqualTo(minutes);
        assertThat(hit.path("highlights").path(0).asString()).contains("<mark>");
        assertThat(bob.rest
                        .get(hit.path("around").asString().replaceFirst("^/api/v1", ""))
                        .expect(200)
                        .path("entries")
                        .valueStream()
                        .map(entry -> entry.path("position").asLong()))
                .contains(minutes);

        try (SocketClient socket = alice.connect()) {
            socket.ask(Map.of("type", "message.retract", "ref", "r", "conversation", group, "position", withdrawn));
        }
        awaitHits(bob, "회의", 1);
        bob.rest.get("/search?q=" + encoded("was:retracted 비밀번호")).expectProblem(403, "forbidden");
        bob.rest
                .get("/search?q=" + encoded("in:" + server.newPerson().startGroup() + " 회의"))
                .expectProblem(403, "not-a-member");
    }

    /** Over HTTP, with signs encoded in the URL. */
    @Test
    void findsPastedTextsAndSuggestsReadableWords() {
        TestUser alice = server.newPerson();
        String group = alice.startGroup();
        for (String text :
                List.of("git push --force", "-40 degrees", "my 27\" monitor", "mail from:bob & 100% #1+1=2")) {
            DirectConversationScenario.send(alice, group, text);
            awaitHits(alice, text, 1);
        }
        awaitHits(alice, "\"", 1);
        assertThat(suggested(alice, "moni")).containsExactly("monitor");
        assertThat(suggested(server.newPerson(), "moni")).isEmpty();
        alice.rest.get("/search?q=" + "c".repeat(1_001)).expectProblem(400, "query-too-long");
    }

    private static List<String> suggested(TestUser person, String typed) {
        return person.rest
                .get("/search/suggest?q=" + encoded(typed))
                .expect(200)
                .path("suggestions")
                .valueStream()
                .map(suggestion -> suggestion.path("text").asString())
                .toList();
    }

    @Test
    void aFormerMemberFindsTheTextsOfTheMembership() {
        TestUser alice = server.newPerson();
        TestUser bob = server.newPerson();
        String group = alice.startGroup(Map.of("title", "Tea"), bob);
        long edited = DirectConversationScenario.send(alice, group, "ostrich at five");
        long retracted = DirectConversationScenario.send(alice, group, "ostrich at six");
        awaitHits(bob, "ostrich", 2);
        bob.rest.delete("/conversations/" + group + "/members/me").expect(200, 204);
        try (SocketClient socket = alice.connect()) {
            socket.ask(Map.of(
                    "type", "message.edit", "ref", "e", "conversation", group, "position", edited, "text", "pelican"));
            socket.ask(Map.of("type", "message.retract", "ref", "r", "conversation", group, "position", retracted));
        }

        awaitHits(alice, "pelican", 1);
        awaitHits(alice, "ostrich", 0);
        awaitHits(bob, "pelican", 0);
        assertThat(search(bob, "ostrich")
                        .path("hits")
                        .valueStream()
                        .map(hit -> hit.path("text").asString()))
                .containsExactlyInAnyOrder("ostrich at five", "ostrich at six");
    }

    /** For random histories, search finds what the other endpoints show. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void membersFindTheTextsThatTheyCanRead(long seed) {
        List<TestUser> people = List.of(server.newPerson(), server.newPerson(), server.newPerson());
        Random random = new Random(seed);
        RandomGroupScenario talk = new RandomGroupScenario(people, random);
        for (int step = 0; step < 45; step++) {
            talk.step(random);
        }
        for (TestUser person : people) {
            Map<Long, String> expected = new TreeMap<>();
            talk.messages(person).stream()
                    .filter(message -> message.containsKey("text"))
                    .forEach(message -> expected.put((Long) message.get("position"), (String) message.get("text")));
            Awaitility.await().atMost(LIMIT).untilAsserted(() -> {
                Map<Long, String> found = new TreeMap<>();
                person.rest
                        .get("/search?limit=100&q=text")
                        .expect(200)
                        .path("hits")
                        .valueStream()
                        .filter(hit -> hit.path("conversation").asString().equals(talk.id))
                        .forEach(hit -> found.put(
                                hit.path("position").asLong(), hit.path("text").asString()));
                assertThat(found).isEqualTo(expected);
            });
        }
    }

    @Test
    void aSearchOfAnAnalystIsRecordedAsAnEvent() throws IOException {
        TestUser alice = server.newPerson();
        String group = alice.startGroup();
        long withdrawn = DirectConversationScenario.send(alice, group, "kernel-7f3a panic on /dev/hda1");
        awaitHits(alice, "kernel-7f3a", 1);
        TestUser investigator = investigator();

        investigator.rest.get("/search?q=kernel-7f3a").expectProblem(400, "reason-required");
        assertThat(search(investigator, "kernel-7f3a").path("total").asLong()).isEqualTo(1);
        try (SocketClient socket = alice.connect()) {
            socket.ask(Map.of("type", "message.retract", "ref", "r", "conversation", group, "position", withdrawn));
        }
        awaitHits(investigator, "kernel-7f3a", 0);
        awaitHits(investigator, "was:retracted kernel-7f3a", 1);

        List<HistorySearched> recorded = server.bean(EventStore.class)
                .readEvents(new SearchLogId(new UserId(investigator.id)).toString())
                .asStream()
                .map(event -> (HistorySearched) event.getPayload())
                .toList();
        assertThat(recorded).hasSizeGreaterThanOrEqualTo(3);
        assertThat(recorded.getFirst().hits()).isEqualTo(1);
        assertThat(recorded).allMatch(searched -> searched.reason() != null);
    }

    /** A user who may search everything, including retracted texts. A change of role ends earlier logins. */
    private TestUser investigator() throws IOException {
        TestUser person = server.newPerson();
        String key = Files.readString(server.dataDir().resolve("admin.key")).strip();
        new ApiClient(server.port(), null)
                .send(
                        "PUT",
                        "/users/" + person.id + "/roles/admin?reason=test",
                        null,
                        "application/json",
                        "Parley-Admin-Key",
                        key)
                .expect(204);
        TestUser admin = TestUser.logIn(server.port(), person.credentials());
        admin.rest
                .put("/users/" + person.id + "/roles/investigator?reason=test", Map.of())
                .expect(204);
        return TestUser.logIn(server.port(), person.credentials());
    }

    @Test
    void isPartOfTheOpenApiDocument() {
        assertThat(new ApiClient(server.port(), null)
                        .get("/v3/api-docs")
                        .expect(200)
                        .path("paths")
                        .propertyNames())
                .contains(
                        "/api/v1/search", "/api/v1/search/suggest", "/api/v1/search/export", "/api/v1/search/rebuilds");
    }

    @Test
    void isOffWithoutAnElasticsearch() {
        ParleyServer.shared().newPerson().rest.get("/search?q=tea").expectProblem(404, "search-off");
    }

    private static JsonNode search(TestUser person, String query) {
        return person.rest.get("/search?reason=case&q=" + encoded(query)).expect(200);
    }

    private static void awaitHits(TestUser person, String query, int hits) {
        Awaitility.await()
                .untilAsserted(
                        () -> assertThat(search(person, query).path("hits")).hasSize(hits));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
