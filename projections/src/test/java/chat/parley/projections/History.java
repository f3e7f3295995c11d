package chat.parley.projections;

import chat.parley.api.account.AccountEvent;
import chat.parley.api.contact.ContactEvent;
import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.inbox.ReadMarkEvent;
import chat.parley.api.inbox.ReadMarkId;
import chat.parley.api.presence.PresenceEvent;
import chat.parley.api.presence.PresenceId;
import chat.parley.projections.processing.EventGroup;
import chat.parley.projections.processing.Occurrence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Events in their global order, with the positions and indexes an event store would give them. */
final class History {
    private final List<Occurrence> occurrences = new ArrayList<>();
    private final Map<String, Long> positions = new HashMap<>();

    Occurrence add(Object event) {
        String aggregate = aggregate(event);
        long position = positions.merge(aggregate, 1L, Long::sum);
        Occurrence occurrence = new Occurrence(aggregate, position, occurrences.size(), event);
        occurrences.add(occurrence);
        return occurrence;
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

    List<Occurrence> occurrences() {
        return List.copyOf(occurrences);
    }

    List<Occurrence> of(EventGroup group) {
        return occurrences.stream()
                .filter(occurrence -> group.has(occurrence.payload().getClass()))
                .toList();
    }

    int size() {
        return occurrences.size();
    }
}
