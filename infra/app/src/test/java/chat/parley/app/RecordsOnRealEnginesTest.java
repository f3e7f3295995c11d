package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.port.RawEvents;
import chat.parley.api.port.RawEvents.RawEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** The transparency log hashes what is stored: the same events have the same records on Axon Server as on PostgreSQL. */
@Tag("real-engines")
@EnabledIf(value = "chat.parley.app.RealEngines#areThere", disabledReason = RealEngines.WHY_NOT)
class RecordsOnRealEnginesTest {
    private static final int LONGEST_MESSAGE = 100_000;

    @Test
    void anEventHasTheSameRecordOnBothEngines() {
        ParleyServer onPostgres = ParleyServer.shared();
        try (ParleyServer onAxonServer = RealEngines.startParley()) {
            TestUser alice = onPostgres.newPerson();
            String conversation = alice.startGroup(onPostgres.newPerson());
            List.of("hello", "안녕하세요 👋", "가".repeat(LONGEST_MESSAGE))
                    .forEach(text -> DirectConversationScenario.send(alice, conversation, text));
            List<? extends EventMessage<?>> events = onPostgres
                    .bean(EventStore.class)
                    .readEvents(conversation)
                    .asStream()
                    .toList();
            Set<String> ids = events.stream().map(EventMessage::getIdentifier).collect(Collectors.toSet());

            onAxonServer.bean(EventStore.class).publish(events);

            Map<String, RawEvent> expected = stored(onPostgres, ids);
            assertThat(expected).hasSize(4);
            assertThat(stored(onAxonServer, ids))
                    .usingRecursiveComparison()
                    .ignoringFieldsMatchingRegexes(".*\\.index")
                    .isEqualTo(expected);
        }
    }

    private static Map<String, RawEvent> stored(ParleyServer server, Set<String> ids) {
        Map<String, RawEvent> found = new HashMap<>();
        try (RawEvents.Reader reader = server.bean(RawEvents.class).after(-1)) {
            List<RawEvent> batch;
            do {
                batch = reader.next();
                batch.stream().filter(event -> ids.contains(event.id())).forEach(event -> found.put(event.id(), event));
            } while (!batch.isEmpty());
        }
        return found;
    }
}
