package chat.parley.projections;

import chat.parley.api.audit.EntryWindow;
import chat.parley.api.audit.FindConversationAt;
import chat.parley.api.audit.FindConversationAt.Past;
import chat.parley.api.audit.FindConversationAt.State;
import chat.parley.api.audit.FindConversationChanges;
import chat.parley.api.audit.FindConversationChanges.Changes;
import chat.parley.api.audit.Moment;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.RecordedEntry;
import chat.parley.eventprocessing.batch.RecordedEvent;
import chat.parley.projections.audit.AuditQueries;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

    /** The conversation at a moment; now if both are null. */
    State at(ConversationId conversation, @Nullable Long position, @Nullable Instant time) {
        return past(conversation, new Moment(position, time), EntryWindow.newest(1))
                .state();
    }

    /** The entries that were there when {@code head} was the head. */
    List<RecordedEntry> entries(ConversationId conversation, long head, EntryWindow window) {
        return past(conversation, Moment.after(head), window).entries();
    }

    private Past past(ConversationId conversation, Moment moment, EntryWindow window) {
        return audit.handle(new FindConversationAt(conversation, moment, window))
                .join();
    }

    Changes changes(ConversationId conversation, Moment from, Moment to) {
        return audit.handle(new FindConversationChanges(conversation, from, to, null, 1_000))
                .join();
    }

    /** The message at this position as it read when {@code head} was the head. */
    RecordedEntry message(ConversationId conversation, long position, long head) {
        return entries(conversation, head, EntryWindow.after(position - 1, 1)).getFirst();
    }
}
