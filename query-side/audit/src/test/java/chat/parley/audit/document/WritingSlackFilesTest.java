package chat.parley.audit.document;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationEvent.JoinabilityChanged;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.HistoryAccess;
import chat.parley.audit.ConversationScenario;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class WritingSlackFilesTest {
    @TempDir
    private Path directory;

    private final ConversationScenario talk = new ConversationScenario();
    private final UserId ann = talk.named("ann", "앤");
    private final UserId bob = talk.named("bob", "Bob");
    private final UserId gone = new UserId("gone");

    private Map<String, byte[]> written() throws IOException {
        return WrittenDocuments.of(talk, DocumentFormat.SLACK, directory);
    }

    private static JsonNode json(Map<String, byte[]> files, String name) {
        return JsonMapper.shared().readTree(Objects.requireNonNull(files.get(name), name));
    }

    private static Stream<String> ids(JsonNode list) {
        return list.values().stream().map(one -> one.get("id").stringValue());
    }

    @Test
    void conversationsAndPeopleAreListed() throws IOException {
        ConversationId pair = talk.direct("pair", ann, bob);
        ConversationId club = talk.group("club", "../../etc/<script>", HistoryAccess.ALL, ann, gone);
        talk.send(pair, ann, "안녕 <!channel> & \"you\"");
        talk.pass(Duration.ofSeconds(5));
        talk.send(club, ann, "hello");
        Map<String, byte[]> files = written();
        assertThat(files.keySet())
                .containsExactlyInAnyOrder(
                        "channels.json",
                        "groups.json",
                        "dms.json",
                        "mpims.json",
                        "users.json",
                        "pair/2026-11-29.json",
                        "club/2026-11-29.json",
                        "club/2026-11-30.json");
        assertThat(ids(json(files, "dms.json"))).containsExactly("pair");
        assertThat(ids(json(files, "groups.json"))).containsExactly("club");
        assertThat(json(files, "groups.json").at("/0/topic/value").stringValue())
                .isEqualTo("../../etc/&lt;script&gt;");
        assertThat(json(files, "channels.json").isEmpty()).isTrue();
        assertThat(json(files, "mpims.json").isEmpty()).isTrue();
        assertThat(ids(json(files, "users.json"))).containsExactlyInAnyOrder("ann", "bob", "gone");
        JsonNode message = json(files, "pair/2026-11-29.json").get(1);
        assertThat(message.get("text").stringValue()).isEqualTo("안녕 &lt;!channel&gt; &amp; \"you\"");
        assertThat(message.at("/parley_versions/0/text").stringValue()).isEqualTo("안녕 <!channel> & \"you\"");
        assertThat(message.get("user").stringValue()).isEqualTo("ann");
    }

    @Test
    void everyVersionAndItsReadersAreThere() throws IOException {
        ConversationId club = talk.group("club", "Club", HistoryAccess.ALL, ann, bob);
        long message = talk.send(club, ann, "one");
        talk.edit(club, ann, message, "two");
        talk.reply(club, bob, "reply", message);
        talk.react(club, bob, message, "🎉", true);
        JsonNode day = json(written(), "club/2026-11-29.json");
        JsonNode sent = day.get(1);
        assertThat(sent.get("text").stringValue()).isEqualTo("two");
        assertThat(sent.at("/edited/user").stringValue()).isEqualTo("ann");
        assertThat(sent.get("parley_versions").size()).isEqualTo(2);
        assertThat(sent.at("/parley_versions/0/text").stringValue()).isEqualTo("one");
        assertThat(sent.at("/parley_versions/0/readable_by").toString()).isEqualTo("[\"ann\",\"bob\"]");
        assertThat(sent.at("/reactions/0/name").stringValue()).isEqualTo("🎉");
        assertThat(sent.at("/reactions/0/users").toString()).isEqualTo("[\"bob\"]");
        assertThat(day.get(2).get("subtype").stringValue()).isEqualTo("message_changed");
        assertThat(day.get(2).get("hidden").booleanValue()).isTrue();
        assertThat(day.get(3).get("thread_ts")).isEqualTo(sent.get("ts"));
        assertThat(day.get(4).get("hidden").booleanValue()).isTrue();
        assertThat(day.values().stream().map(one -> one.get("ts").stringValue()))
                .doesNotHaveDuplicates()
                .isSorted()
                .allMatch(time -> time.matches("[0-9]{10}\\.[0-9]{6}"));
    }

    @Test
    void aRetractedMessageIsATombstoneWithItsText() throws IOException {
        ConversationId pair = talk.direct("pair", ann, bob);
        long message = talk.send(pair, ann, "taken back");
        talk.retract(pair, ann, message);
        JsonNode day = json(written(), "pair/2026-11-29.json");
        assertThat(day.get(1).get("subtype").stringValue()).isEqualTo("tombstone");
        assertThat(day.get(1).at("/parley_versions/0/text").stringValue()).isEqualTo("taken back");
        assertThat(day.get(1).at("/parley_versions/1/retracted").booleanValue()).isTrue();
        assertThat(day.get(2).get("subtype").stringValue()).isEqualTo("message_deleted");
    }

    @Test
    void anErasedTextIsMarked() throws IOException {
        ConversationId pair = talk.direct("pair", ann, bob);
        talk.send(pair, ann, "secret");
        talk.protection().destroy(ann);
        JsonNode message = json(written(), "pair/2026-11-29.json").get(1);
        assertThat(message.get("text").stringValue()).isEqualTo(EntryText.ERASED);
        assertThat(message.at("/parley_versions/0/erased").booleanValue()).isTrue();
        assertThat(message.at("/parley_versions/0/text").isMissingNode()).isTrue();
    }

    @Test
    void anOpenGroupIsAChannelAndMembershipIsTold() throws IOException {
        ConversationId club = talk.group("club", "Club", HistoryAccess.ALL, ann);
        talk.append(new JoinabilityChanged(club, ann, true, ConversationScenario.BEGIN));
        talk.join(club, ann, bob);
        talk.leave(club, bob, bob);
        Map<String, byte[]> files = written();
        assertThat(ids(json(files, "channels.json"))).containsExactly("club");
        JsonNode day = json(files, "club/2026-11-29.json");
        assertThat(day.get(2).get("subtype").stringValue()).isEqualTo("channel_join");
        assertThat(day.get(2).get("inviter").stringValue()).isEqualTo("ann");
        assertThat(day.get(3).get("subtype").stringValue()).isEqualTo("channel_leave");
        assertThat(json(files, "channels.json").at("/0/members").toString()).isEqualTo("[\"ann\",\"bob\"]");
    }
}
