package chat.parley.audit.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.port.Epoch;
import chat.parley.api.port.RawEvents.RawEvent;
import chat.parley.audit.StoredEvents;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SelectingEventsTest {
    private final StoredEvents events = new StoredEvents();
    private final JsonMapper json = JsonMapper.shared();
    private final EventSelector selector = events.selector();

    @BeforeEach
    void storeEvents() {
        for (int i = 0; i < 250; i++) {
            String conversation = i % 2 == 0 ? "club" : "pair";
            String author = i % 5 == 0 ? "ann" : "bob";
            events.append(
                    conversation,
                    i / 2,
                    "{\"conversation\":\"%s\",\"by\":\"%s\",\"note\":\"annex\",\"mentions\":[\"%s\"]}"
                            .formatted(conversation, author, i == 7 ? "eve" : "nobody"));
        }
    }

    private List<Long> found(EventRange range, EventFilter filter) throws IOException {
        List<Long> indexes = new ArrayList<>();
        selector.forEach(range, filter, event -> indexes.add(event.index()));
        return indexes;
    }

    private static EventFilter filter(
            @Nullable String conversation, @Nullable String user, @Nullable Long from, @Nullable Long to) {
        return new EventFilter(
                conversation == null ? null : new ConversationId(conversation),
                user == null ? null : new UserId(user),
                Set.of(),
                from,
                to);
    }

    @Test
    void theWholeRangeIsReadInOrder() throws IOException {
        assertThat(found(new EventRange(-1, 249), filter(null, null, null, null)))
                .hasSize(250)
                .isSorted();
        assertThat(found(new EventRange(98, 101), filter(null, null, null, null)))
                .containsExactly(99L, 100L, 101L);
        assertThat(found(new EventRange(5, 5), filter(null, null, null, null))).isEmpty();
        assertThat(found(new EventRange(9, 5), filter(null, null, null, null))).isEmpty();
    }

    @Test
    void anIdIsFoundAsAWholeValueOnly() throws IOException {
        assertThat(found(new EventRange(-1, 249), filter(null, "ann", null, null)))
                .hasSize(50);
        assertThat(found(new EventRange(-1, 249), filter(null, "anne", null, null)))
                .isEmpty();
        assertThat(found(new EventRange(-1, 249), filter(null, "eve", null, null)))
                .containsExactly(7L);
        assertThat(found(new EventRange(-1, 249), filter("club", "ann", null, null)))
                .hasSize(25);
    }

    @Test
    void positionsAreThoseOfConversations() throws IOException {
        assertThat(found(new EventRange(-1, 249), filter("club", null, 1L, 2L))).containsExactly(0L, 2L);
        assertThat(found(new EventRange(-1, 249), filter("pair", null, 125L, null)))
                .containsExactly(249L);
    }

    @Test
    void typesAreTheLastPartOfTheStoredName() throws IOException {
        EventFilter sent = new EventFilter(null, null, Set.of("MessageSent"), null, null);
        EventFilter joined = new EventFilter(null, null, Set.of("MemberJoined", "Message"), null, null);
        assertThat(found(new EventRange(-1, 9), sent)).hasSize(10);
        assertThat(found(new EventRange(-1, 9), joined)).isEmpty();
    }

    @Test
    void aCloudEventHasTheStoredPayload() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        RawEvent event = events.at(7).orElseThrow();
        new CloudEventWriter(new Epoch("e-1")).write(event, line);
        assertThat(line.toString(UTF_8)).endsWith("}\n").hasLineCount(1);
        JsonNode read = json.readTree(line.toByteArray());
        assertThat(read.get("specversion").asString()).isEqualTo("1.0");
        assertThat(read.get("id").asString()).isEqualTo("event-7");
        assertThat(read.get("source").asString()).isEqualTo("/parley/e-1");
        assertThat(read.get("time").asString()).isEqualTo("1970-01-01T00:00:07Z");
        assertThat(read.get("globalindex").asString()).isEqualTo("7");
        assertThat(read.get("data")).isEqualTo(json.readTree(event.payload()));
    }
}
