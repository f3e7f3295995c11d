package chat.parley.audit.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.AccountEvent.AccountErased;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.port.ErasureProgress.Store;
import chat.parley.api.port.RawEvents.RawEvent;
import chat.parley.api.retention.RetentionEvent.TextsExpired;
import chat.parley.audit.StoredEvents;
import chat.parley.audit.log.SaltShredder;
import chat.parley.audit.log.TestLog;
import chat.parley.eventprocessing.batch.RecordedEvent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class ShreddingEntriesTest {
    private static final UserId ANN = new UserId("ann");
    private static final String CONVERSATION = "chat.parley.api.conversation.ConversationEvent$";

    @TempDir
    private Path directory;

    private final StoredEvents events = new StoredEvents();
    private final List<String> done = new ArrayList<>();
    private TestLog log;

    @BeforeEach
    void open() {
        log = new TestLog(events, directory);
    }

    @AfterEach
    void close() {
        log.close();
    }

    private void store(String aggregate, String type, String payload) {
        long index = events.head() + 1;
        events.append(new RawEvent(
                index,
                "event-" + index,
                "Aggregate",
                aggregate,
                index,
                index,
                type,
                "1",
                payload.getBytes(StandardCharsets.UTF_8),
                Map.of()));
    }

    private void message(String conversation, String type, String by, String at) {
        store(
                conversation,
                CONVERSATION + type,
                "{\"conversation\":\"%s\",\"by\":\"%s\",\"mentions\":[\"ann\"],\"at\":\"%s\"}"
                        .formatted(conversation, by, at));
    }

    private EntryShredder shredder(SaltShredder salts) {
        JsonMapper json = JsonMapper.shared();
        return new EntryShredder(events.selector(), salts, json, () -> (user, store) -> done.add(user + " " + store));
    }

    private void handle(Object order) {
        shredder(log.shredder()).handle(new RecordedEvent("order", 1, events.head(), order));
    }

    private List<Long> shredded() {
        return LongStream.rangeClosed(0, events.head())
                .filter(log::isShredded)
                .boxed()
                .toList();
    }

    @Test
    void everyEventOfTheUserIsShreddedAndNoOtherIs() {
        store("ann", "chat.parley.api.account.AccountEvent$AccountRegistered", "{\"user\":\"ann\"}");
        message("club", "MessageSent", "ann", "2026-11-20T00:00:00Z");
        message("club", "MessageSent", "bob", "2026-11-20T00:00:01Z");
        store("pair", "chat.parley.api.contact.ContactEvent$ContactRequested", "{\"by\":\"bob\",\"with\":\"ann\"}");
        store("ann", "chat.parley.api.account.AccountEvent$RoleGranted", "{\"user\":\"ann\",\"by\":\"root\"}");
        store("audit", "chat.parley.api.audit.HistoryAudited", "{\"by\":\"aud\",\"user\":\"ann\"}");
        store("retention", "chat.parley.api.retention.RetentionEvent$ErasureOrdered", "{\"user\":\"ann\"}");
        events.appendMany(500);
        message("club", "MessageEdited", "ann", "2026-11-20T00:00:02Z");
        store("ann", "chat.parley.api.account.AccountEvent$AccountErased", "{\"user\":\"ann\"}");
        AccountErased order = new AccountErased(ANN, Instant.EPOCH);
        handle(order);
        List<Long> expected = new ArrayList<>(List.of(0L, 1L, 3L));
        LongStream.rangeClosed(7, 507).forEach(expected::add);
        assertThat(shredded()).isEqualTo(expected);
        assertThat(done).containsExactly("ann " + Store.LOG_SALTS);
        handle(order);
        assertThat(shredded()).isEqualTo(expected);
    }

    @Test
    void expiredTextsOfTheConversationAreShredded() {
        message("club", "MessageSent", "ann", "2026-11-20T00:00:00Z");
        message("other", "MessageSent", "ann", "2026-11-20T00:00:00Z");
        message("club", "MemberJoined", "bob", "2026-11-20T00:00:00Z");
        message("club", "MessageEdited", "bob", "2026-11-20T23:59:59.999Z");
        message("club", "MessageSent", "bob", "2026-11-21T00:00:00Z");
        store("retention", "chat.parley.api.retention.RetentionEvent$TextsExpired", "{\"conversation\":\"club\"}");
        handle(new TextsExpired(new ConversationId("club"), Instant.parse("2026-11-21T00:00:00Z"), Instant.EPOCH));
        assertThat(shredded()).containsExactly(0L, 3L);
        assertThat(done).isEmpty();
    }

    @Test
    void waitsUntilTheLogHasTheEvents() {
        message("club", "MessageSent", "ann", "2026-11-20T00:00:00Z");
        log.close();
        EntryShredder hurried = shredder(log.shredder(Duration.ofMillis(1)));
        assertThatThrownBy(() -> hurried.handle(
                        new RecordedEvent("order", 1, events.head() + 1, new AccountErased(ANN, Instant.EPOCH))))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.refusal()).isEqualTo(Refusal.NOT_LOGGED_YET));
        assertThat(done).isEmpty();
    }
}
