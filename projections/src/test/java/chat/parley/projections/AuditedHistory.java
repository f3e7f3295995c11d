package chat.parley.projections;

import chat.parley.api.audit.FindEntriesAt;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.Entries;
import chat.parley.api.conversation.RecordedEntry;
import chat.parley.eventprocessing.batch.RecordedEvent;
import chat.parley.projections.audit.AuditQueries;
import java.util.List;

/** Events in an event store, the read model of them, and the auditors' queries for both. */
final class AuditedHistory {
    private final ReadSide.Data data = new ReadSide.Data();
    final ReadModelHolder model = new ReadModelHolder();
    final AuditQueries audit = new AuditQueries(data.events, model.answers);

    static AuditedHistory random(List<Integer> numbers) {
        AuditedHistory history = new AuditedHistory();
        new RandomHistory(history.data::publish).play(numbers);
        history.model.write(history.events());
        return history;
    }

    void add(Object event) {
        data.publish(event);
        model.write(List.of(events().getLast()));
    }

    List<RecordedEvent> events() {
        return data.history.events();
    }

    Entries entries(FindEntriesAt query) {
        return audit.handle(query).join();
    }

    /** The message at this position as it read when {@code head} was the head. */
    RecordedEntry message(ConversationId conversation, long position, long head) {
        return entries(new FindEntriesAt(conversation, head, position - 1, null, 1))
                .entries()
                .getFirst();
    }
}
