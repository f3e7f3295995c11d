package chat.parley.audit.export;

import chat.parley.api.account.UserId;
import chat.parley.api.audit.AuditLogId;
import chat.parley.api.inbox.Membership;
import chat.parley.api.inbox.ReadMarkId;
import chat.parley.api.port.RawEvents.RawEvent;
import chat.parley.api.presence.PresenceId;
import chat.parley.api.search.SearchLogId;
import chat.parley.audit.event.EventFilter;
import chat.parley.audit.event.EventRange;
import chat.parley.audit.event.EventSelector;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The events that are a person's own: those of their account, presence, read marks and searches, and of conversations
 * those that they wrote and those that tell of their joining, leaving and role. All of them name the person, so that the
 * rest of the event store is not read.
 */
final class OwnEvents {
    private static final String ENTRY_AGGREGATE = "Conversation";

    private final EventSelector selector;
    private final JsonMapper json;

    OwnEvents(EventSelector selector, JsonMapper json) {
        this.selector = selector;
        this.json = json;
    }

    /** Hands out the events up to an index in their global order. */
    void forEach(UserId user, List<Membership> memberships, long through, EventSelector.Consumer consumer)
            throws IOException {
        Set<String> aggregates = new HashSet<>();
        aggregates.add(user.value());
        aggregates.add(new PresenceId(user).toString());
        aggregates.add(new SearchLogId(user).toString());
        aggregates.add(new AuditLogId(user).toString());
        for (Membership membership : memberships) {
            aggregates.add(membership.conversation().value());
            aggregates.add(new ReadMarkId(membership.conversation(), user).toString());
        }
        EventFilter named = new EventFilter(null, user, Set.of(), null, null);
        selector.forEach(new EventRange(-1, through), named, event -> {
            if (aggregates.contains(event.aggregate()) && isOwn(event, user)) {
                consumer.accept(event);
            }
        });
    }

    private boolean isOwn(RawEvent event, UserId user) {
        if (!ENTRY_AGGREGATE.equals(event.aggregateType())) {
            return true;
        }
        JsonNode payload = json.readTree(event.payload());
        return is(payload.path("by"), user) || is(payload.path("user"), user);
    }

    private static boolean is(JsonNode id, UserId user) {
        return id.isString() && id.stringValue().equals(user.value());
    }
}
