package chat.parley.audit.export;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import chat.parley.api.account.UserId;
import chat.parley.api.audit.AuditLogId;
import chat.parley.api.inbox.Membership;
import chat.parley.api.inbox.ReadMarkId;
import chat.parley.api.port.RawEvents;
import chat.parley.api.port.RawEvents.RawEvent;
import chat.parley.api.presence.PresenceId;
import chat.parley.api.search.SearchLogId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The events that are a person's own: those of their account, presence, read marks and searches, and of conversations
 * those that they wrote and those that tell of their joining, leaving and role. They are found by the aggregates that the
 * read side names, so that the rest of the event store is not read.
 */
final class OwnEvents {
    private static final String ENTRY_AGGREGATE = "Conversation";

    private final RawEvents events;
    private final JsonMapper json;

    OwnEvents(RawEvents events, JsonMapper json) {
        this.events = events;
        this.json = json;
    }

    /** Hands out the events up to an index, those of each aggregate in their order. */
    void forEach(UserId user, List<Membership> memberships, long through, Consumer<RawEvent> consumer) {
        Set<String> aggregates = new LinkedHashSet<>();
        aggregates.add(user.value());
        aggregates.add(new PresenceId(user).toString());
        aggregates.add(new SearchLogId(user).toString());
        aggregates.add(new AuditLogId(user).toString());
        for (Membership membership : memberships) {
            aggregates.add(membership.conversation().value());
            aggregates.add(new ReadMarkId(membership.conversation(), user).toString());
        }
        events.ofAggregates(aggregates, event -> {
            if (event.index() <= through && isOwn(event, user)) {
                consumer.accept(event);
            }
        });
    }

    private boolean isOwn(RawEvent event, UserId user) {
        if (!ENTRY_AGGREGATE.equals(event.aggregateType())) {
            return true;
        }
        // Most events of others do not contain the id, which a search of the bytes finds out sooner than a parser.
        if (!new String(event.payload(), ISO_8859_1).contains(user.value())) {
            return false;
        }
        JsonNode payload = json.readTree(event.payload());
        return is(payload.path("by"), user) || is(payload.path("user"), user);
    }

    private static boolean is(JsonNode id, UserId user) {
        return id.isString() && id.stringValue().equals(user.value());
    }
}
