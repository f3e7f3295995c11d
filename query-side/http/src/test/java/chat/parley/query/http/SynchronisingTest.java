package chat.parley.query.http;

import static chat.parley.query.http.TestWebMvc.ANN;
import static chat.parley.query.http.TestWebMvc.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.asyncDispatch;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.request;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import chat.parley.api.conversation.ConversationId;
import chat.parley.api.port.Epoch;
import chat.parley.api.port.KeyedHash;
import chat.parley.eventprocessing.query.QueryClient;
import chat.parley.query.http.sync.LongPollSync;
import chat.parley.query.http.sync.MissedReader;
import chat.parley.query.http.sync.NewEventNotifier;
import chat.parley.query.http.sync.SyncController;
import chat.parley.testing.FakeKeyedHash;
import chat.parley.testing.FakeTextProtection;
import chat.parley.testing.InMemoryQueries;
import chat.parley.testing.conversation.InMemoryEventFeed;
import chat.parley.wire.CursorCodec;
import chat.parley.wire.EntryRenderer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.MvcResult;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SynchronisingTest {
    private static final KeyedHash HASH = new FakeKeyedHash();

    private static final ConversationId TALK = new ConversationId("talk");

    private final InMemoryEventFeed feed = new InMemoryEventFeed();
    private final NewEventNotifier arrivals = new NewEventNotifier(feed, 4);
    private final QueryClient queries = new QueryClient(
            InMemoryQueries.gateway(new FakeReadSide(feed, new Random(3))), TestWebMvc.PROPERTIES.timeout());
    private final LongPollSync synchroniser =
            new LongPollSync(queries, new MissedReader(queries, TestWebMvc.PROPERTIES.syncEntries()), feed, arrivals);
    private final CursorCodec cursors = new CursorCodec(HASH, new Epoch("today"));
    private final MockMvc rest = TestWebMvc.of(
            new SyncController(synchroniser, new EntryRenderer(FakeTextProtection.legible()), cursors, feed));

    @BeforeEach
    void startTalking() {
        feed.startDirect(TALK, ANN, BOB);
        arrivals.start();
    }

    @AfterEach
    void stop() {
        arrivals.stop();
        synchroniser.close();
    }

    @Test
    void withoutACursorItStartsAtTheHead() throws Exception {
        JsonNode answer = sync("");
        assertThat(answer.get("entries")).isEmpty();
        assertThat(answer.get("more").asBoolean()).isFalse();
        assertThat(cursors.decode(answer.get("cursor").asString()).index()).isZero();
    }

    @Test
    void missedEntriesAreAnsweredPageByPage() throws Exception {
        String cursor = sync("").get("cursor").asString();
        for (int i = 0; i < 7; i++) {
            feed.send(TALK, BOB, "number " + i);
        }
        List<String> texts = new ArrayList<>();
        List<Integer> pages = new ArrayList<>();
        boolean more = true;
        while (more) {
            JsonNode page = sync("?cursor=" + cursor);
            page.get("entries").forEach(entry -> texts.add(entry.get("text").asString()));
            pages.add(page.get("entries").size());
            cursor = page.get("cursor").asString();
            more = page.get("more").asBoolean();
        }
        assertThat(texts)
                .containsExactly("number 0", "number 1", "number 2", "number 3", "number 4", "number 5", "number 6");
        assertThat(pages).containsExactly(3, 3, 1);
    }

    @Test
    void aWaitingRequestIsAnsweredByANewEntry() throws Exception {
        MvcResult waiting = rest.perform(get("/api/v1/sync?wait=30&cursor=" + cursors.encode(0)))
                .andExpect(request().asyncStarted())
                .andReturn();
        feed.send(TALK, BOB, "hello");
        waiting.getAsyncResult();
        rest.perform(asyncDispatch(waiting))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.entries[0].text").value("hello"))
                .andExpect(jsonPath("$.cursor").value(cursors.encode(1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "31", "100000", "x", "1.5"})
    void aWaitOutOfRangeIsRefused(String wait) throws Exception {
        rest.perform(get("/api/v1/sync").param("wait", wait))
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.code").value("invalid-parameter"));
    }

    @Test
    void aForgedCursorIsRefused() throws Exception {
        String cursor = cursors.encode(0);
        for (String forged : List.of("made-up", "x".repeat(2000), cursor.substring(1), cursor.substring(0, 20), "é")) {
            rest.perform(get("/api/v1/sync").param("cursor", forged))
                    .andExpect(status().isBadRequest())
                    .andExpect(jsonPath("$.code").value("cursor-invalid"));
        }
    }

    @Test
    void aCursorOfAnEarlierEpochHasExpired() throws Exception {
        rest.perform(get("/api/v1/sync").param("cursor", new CursorCodec(HASH, new Epoch("yesterday")).encode(0)))
                .andExpect(status().isGone())
                .andExpect(jsonPath("$.code").value("cursor-expired"));
    }

    private JsonNode sync(String parameters) throws Exception {
        MvcResult started = rest.perform(get("/api/v1/sync" + parameters))
                .andExpect(request().asyncStarted())
                .andReturn();
        started.getAsyncResult();
        return new JsonMapper()
                .readTree(rest.perform(asyncDispatch(started))
                        .andExpect(status().isOk())
                        .andReturn()
                        .getResponse()
                        .getContentAsByteArray());
    }
}
