package chat.parley.command.http;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.Refusal;
import chat.parley.api.conversation.ConversationEvent.DirectStarted;
import chat.parley.testing.HttpAnswer;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

class ConversationsTest extends ServerTest {
    @Autowired
    ContendedEventStorage storage;

    private final Map<String, Object> noChange = Map.of();

    @Test
    void areStartedOnceBetweenTwoPeople() {
        LoggedInUser alice = somebody();
        LoggedInUser bob = somebody();
        HttpAnswer first = direct(alice, bob).is(201);
        assertThat(first.text("kind")).isEqualTo("direct");
        assertThat(first.number("head")).isEqualTo(1);
        assertThat(first.body().path("members").findValuesAsString("user"))
                .containsExactlyInAnyOrder(alice.id(), bob.id());
        assertThat(first.body().path("members").findValuesAsString("role")).containsOnly("member");

        HttpAnswer second = direct(bob, alice).is(200);
        assertThat(second.text("id")).isEqualTo(first.text("id"));
    }

    @Test
    void areStartedOnceByConcurrentRequests() {
        LoggedInUser alice = somebody();
        LoggedInUser bob = somebody();
        storage.loseNextRace();
        HttpAnswer answer = direct(alice, bob).is(200);
        assertThat(aggregates.stored(DirectStarted.class).stream()
                        .filter(started -> started.conversation().value().equals(answer.text("id"))))
                .hasSize(1);
    }

    @Test
    void needExistingUsers() {
        LoggedInUser alice = somebody();
        post(alice.accessToken(), "/conversations", Map.of("kind", "direct", "with", "nobody"))
                .isRefused(Refusal.USER_NOT_FOUND);
        group(alice, List.of("nobody")).isRefused(Refusal.USER_NOT_FOUND);
    }

    @Test
    void ofGroupsHaveAnOwnerAndMembers() {
        LoggedInUser alice = somebody();
        LoggedInUser bob = somebody();
        HttpAnswer group = group(alice, List.of(bob.id(), bob.id(), alice.id())).is(201);
        assertThat(group.text("kind")).isEqualTo("group");
        assertThat(group.text("title")).isEqualTo("Tea");
        assertThat(group.body().path("members").toString())
                .isEqualTo("[{\"user\":\"%s\",\"role\":\"owner\"},{\"user\":\"%s\",\"role\":\"member\"}]"
                        .formatted(alice.id(), bob.id()));
    }

    @Test
    void ofGroupsWithAClientConversationIdAreStartedOnce() {
        LoggedInUser alice = somebody();
        LoggedInUser bob = somebody();
        HttpAnswer first = named(alice, "Tea", "a-1", bob).is(201);
        assertThat(named(alice, "Tea", "a-1", bob).is(200).body()).isEqualTo(first.body());
        for (HttpAnswer other : List.of(
                named(alice, "Tea", "a-2", bob).is(201),
                named(alice, "Coffee", "a-1", bob).is(201),
                named(alice, "Tea", "a-1").is(201),
                named(bob, "Tea", "a-1", alice).is(201))) {
            assertThat(other.text("id")).isNotEqualTo(first.text("id"));
        }
        named(alice, "Tea", "no id").isRefused(Refusal.INVALID_ID);
    }

    private HttpAnswer named(LoggedInUser by, String title, String name, LoggedInUser... members) {
        List<String> ids = Stream.of(members).map(LoggedInUser::id).toList();
        return post(
                by.accessToken(),
                "/conversations",
                Map.of("kind", "group", "title", title, "members", ids, "clientConversationId", name));
    }

    @Test
    void withTooManyMembersAreRefusedBeforeALookup() {
        group(somebody(), IntStream.range(0, 500).mapToObj(i -> "u" + i).toList())
                .isRefused(Refusal.GROUP_FULL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"kind\":\"party\"}",
                "{\"kind\":\"group\",\"title\":\"x\",\"members\":7}",
                "[]",
                "null",
                "",
                "{\"kind\":\"direct\",\"with\":{}}"
            })
    void ofAnUnknownKindAreMalformed(String body) {
        post(somebody().accessToken(), "/conversations", body).isRefused(Refusal.MALFORMED_JSON);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"kind\":\"direct\"}",
                "{\"kind\":\"group\",\"title\":\"x\"}",
                "{\"kind\":\"group\",\"title\":\"x\",\"members\":[null]}",
                "{\"kind\":\"group\",\"title\":\"x\",\"members\":[],\"history\":\"never\"}"
            })
    void withMissingPartsAreRefused(String body) {
        post(somebody().accessToken(), "/conversations", body).isRefused(Refusal.INVALID_PARAMETER);
    }

    @Test
    void withInvalidIdsAreRefused() {
        LoggedInUser alice = somebody();
        post(alice.accessToken(), "/conversations", "{\"kind\":\"direct\",\"with\":\"a b\"}")
                .isRefused(Refusal.INVALID_ID);
        patch(alice.accessToken(), "/conversations/a%20b", Map.of("title", "x")).isRefused(Refusal.INVALID_ID);
        put(alice.accessToken(), "/users/me/blocks/" + "x".repeat(65)).isRefused(Refusal.INVALID_ID);
    }

    @Test
    void changeTheirTitleJoinabilityAndMembers() {
        LoggedInUser alice = somebody();
        LoggedInUser bob = somebody();
        String group = group(alice, List.of()).is(201).text("id");
        String path = "/conversations/" + group;
        HttpAnswer changed = patch(alice.accessToken(), path, Map.of("title", "Coffee", "joinable", true))
                .is(200);
        assertThat(changed.number("position")).isEqualTo(3);
        assertThat(changed.text("conversation")).isEqualTo(group);
        patch(alice.accessToken(), path, noChange).isRefused(Refusal.INVALID_PARAMETER);

        assertThat(put(bob.accessToken(), path + "/members/me").is(200).number("position"))
                .isEqualTo(4);
        delete(bob.accessToken(), path + "/members/me").is(200);
        put(alice.accessToken(), path + "/members/" + bob.id()).is(200);
        put(alice.accessToken(), path + "/members/" + bob.id(), Map.of("role", "admin"))
                .is(200);
        put(alice.accessToken(), path + "/members/" + bob.id(), Map.of("role", "king"))
                .isRefused(Refusal.INVALID_PARAMETER);
        put(alice.accessToken(), path + "/members/nobody").isRefused(Refusal.USER_NOT_FOUND);
        delete(alice.accessToken(), path + "/members/" + bob.id()).is(200);
    }

    @Test
    void mustExist() {
        LoggedInUser alice = somebody();
        patch(alice.accessToken(), "/conversations/nowhere", Map.of("title", "x"))
                .isRefused(Refusal.CONVERSATION_NOT_FOUND);
        send(alice, "nowhere").isRefused(Refusal.CONVERSATION_NOT_FOUND);
        put(alice.accessToken(), "/conversations/nowhere/read", Map.of("position", 1))
                .isRefused(Refusal.CONVERSATION_NOT_FOUND);
        patch(alice.accessToken(), "/inbox/nowhere", Map.of("muted", true)).isRefused(Refusal.CONVERSATION_NOT_FOUND);
    }

    @Test
    void areMarkedAsReadUpToTheirHead() {
        LoggedInUser alice = somebody();
        String group = group(alice, List.of()).is(201).text("id");
        send(alice, group).is(201);
        String path = "/conversations/" + group + "/read";
        put(alice.accessToken(), path, Map.of("position", 2)).is(204);
        put(alice.accessToken(), path, Map.of("position", 3)).isRefused(Refusal.POSITION_NOT_FOUND);
        put(alice.accessToken(), path, Map.of("position", 0)).isRefused(Refusal.INVALID_PARAMETER);
        put(alice.accessToken(), path, Map.of("position", -1)).isRefused(Refusal.INVALID_PARAMETER);
        put(alice.accessToken(), path, Map.of("position", "soon")).isRefused(Refusal.MALFORMED_JSON);
        put(somebody().accessToken(), path, Map.of("position", 1)).isRefused(Refusal.CONVERSATION_NOT_FOUND);
    }

    @Test
    void areMutedAndPinnedOneAtATime() {
        LoggedInUser alice = somebody();
        String path = "/inbox/" + group(alice, List.of()).is(201).text("id");
        patch(alice.accessToken(), path, Map.of("muted", true)).is(200);
        HttpAnswer both =
                patch(alice.accessToken(), path, Map.of("pinned", true)).is(200);
        assertThat(both.body().path("muted").asBoolean()).isTrue();
        assertThat(both.body().path("pinned").asBoolean()).isTrue();
        patch(alice.accessToken(), path, noChange).isRefused(Refusal.INVALID_PARAMETER);
    }

    private HttpAnswer direct(LoggedInUser from, LoggedInUser to) {
        return post(from.accessToken(), "/conversations", Map.of("kind", "direct", "with", to.id()));
    }

    private HttpAnswer group(LoggedInUser owner, List<String> members) {
        return post(owner.accessToken(), "/conversations", Map.of("kind", "group", "title", "Tea", "members", members));
    }

    private HttpAnswer send(LoggedInUser sender, String conversation) {
        return post(
                sender.accessToken(),
                "/conversations/" + conversation + "/messages",
                Map.of("clientMessageId", unique("m"), "text", "hello"));
    }
}
