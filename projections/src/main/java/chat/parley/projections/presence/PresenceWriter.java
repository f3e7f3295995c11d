package chat.parley.projections.presence;

import chat.parley.api.account.UserId;
import chat.parley.api.presence.PresenceEvent;
import chat.parley.eventprocessing.batch.BatchWriter;
import chat.parley.eventprocessing.batch.RecordedEvent;
import chat.parley.projections.store.BulkWrites;
import chat.parley.projections.store.ReadModelStore;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.Document;

/** Writes presences and connected devices from the events of presences. */
public final class PresenceWriter implements BatchWriter {
    private final ReadModelStore store;

    public PresenceWriter(ReadModelStore store) {
        this.store = store;
    }

    @Override
    public void write(List<RecordedEvent> batch) {
        Set<UserId> users = new LinkedHashSet<>();
        batch.forEach(recorded -> users.add(((PresenceEvent) recorded.payload()).user()));
        Map<String, Document> documents = ReadModelStore.small(
                store.presences(), users.stream().map(UserId::value).toList(), null);
        Map<UserId, PresenceFold> folds = new LinkedHashMap<>();
        for (RecordedEvent recorded : batch) {
            PresenceEvent event = (PresenceEvent) recorded.payload();
            folds.computeIfAbsent(event.user(), user -> new PresenceFold(user, documents.get(user.value())))
                    .apply(recorded, event);
        }
        List<PresenceFold> changed =
                folds.values().stream().filter(PresenceFold::isChanged).toList();
        BulkWrites.write(
                store.openDevices(),
                changed.stream().flatMap(PresenceFold::writeOpen).toList());
        BulkWrites.write(
                store.presences(), changed.stream().map(PresenceFold::write).toList());
    }
}
