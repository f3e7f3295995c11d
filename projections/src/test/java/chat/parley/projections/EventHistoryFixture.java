package chat.parley.projections;

import chat.parley.api.account.AccountEvent;
import chat.parley.api.contact.ContactEvent;
import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.RecordedEntry;
import chat.parley.api.inbox.ReadMarkEvent;
import chat.parley.api.inbox.ReadMarkId;
import chat.parley.api.presence.PresenceEvent;
import chat.parley.api.presence.PresenceId;
import chat.parley.eventprocessing.batch.RecordedEvent;
import chat.parley.projections.processing.EventGroup;
import chat.parley.testing.conversation.ReferenceModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Events in global order, with positions and indexes as an event store assigns them. */
final class EventHistoryFixture {
    private final List<RecordedEvent> events = new ArrayList<>();
    private final Map<String, Long> positions = new HashMap<>();

    RecordedEvent add(Object event) {
        String aggregate = aggregate(event);
        long position = positions.merge(aggregate, 1L, Long::sum);
        RecordedEvent recorded = new RecordedEvent(aggregate, position, events.size(), event);
        events.add(recorded);
        return recorded;
    }

    static String aggregate(Object event) {
        return switch (event) {
            case ConversationEvent conversation -> conversation.conversation().value();
            case ReadMarkEvent mark -> new ReadMarkId(mark.conversation(), mark.user()).toString();
            case AccountEvent account -> account.user().value();
            case ContactEvent contact -> contact.contact().value();
            case PresenceEvent presence -> new PresenceId(presence.user()).toString();
            default -> throw new IllegalArgumentException();
        };
    }

    List<RecordedEvent> events() {
        return List.copyOf(events);
    }

    List<RecordedEvent> of(EventGroup group) {
        return events.stream()
                .filter(recorded -> group.includes(recorded.payload().getClass()))
                .toList();
    }

    /** The expected answers about a conversation after these events of any. */
    static ReferenceModel reference(ConversationId conversation, List<RecordedEvent> all) {
        List<RecordedEntry> log = new ArrayList<>();
        List<ReadMarkEvent> marks = new ArrayList<>();
        for (RecordedEvent recorded : all) {
            switch (recorded.payload()) {
                case ConversationEvent event
                when event.conversation().equals(conversation) ->
                    log.add(RecordedEntry.of(recorded.position(), recorded.index(), event));
                case ReadMarkEvent mark when mark.conversation().equals(conversation) -> marks.add(mark);
                default -> {}
            }
        }
        return new ReferenceModel(log, marks);
    }

    int size() {
        return events.size();
    }
}
