package chat.parley.audit.export;

import chat.parley.api.conversation.ConversationId;
import chat.parley.api.port.RawEvents.RawEvent;
import chat.parley.api.search.FindHits.Hit;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/** Selects the events that the hits of a search stand for: the messages, their edits and their retractions. */
public final class HitSelection {
    private static final String ENTRY_AGGREGATE = "Conversation";

    private final JsonMapper json;
    private final Map<String, Set<Long>> positions = new HashMap<>();
    private final int count;

    HitSelection(Collection<Hit> hits, JsonMapper json) {
        this.json = json;
        this.count = hits.size();
        for (Hit hit : hits) {
            ConversationId conversation = hit.conversation();
            positions
                    .computeIfAbsent(conversation.value(), any -> new HashSet<>())
                    .add(hit.position());
        }
    }

    /** In one line. The query is not named, because it may have words that the receiver should not see. */
    String described() {
        return "hits=" + count;
    }

    Set<String> conversations() {
        return Collections.unmodifiableSet(positions.keySet());
    }

    boolean accepts(RawEvent event) {
        Set<Long> hits = positions.get(event.aggregate());
        if (hits == null || !ENTRY_AGGREGATE.equals(event.aggregateType())) {
            return false;
        }
        if (hits.contains(event.sequence() + 1)) {
            return true;
        }
        boolean change = event.type().endsWith("MessageEdited") || event.type().endsWith("MessageRetracted");
        return change
                && hits.contains(json.readTree(event.payload()).path("target").asLong());
    }
}
