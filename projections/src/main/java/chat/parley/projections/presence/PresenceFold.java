package chat.parley.projections.presence;

import chat.parley.api.account.DeviceId;
import chat.parley.api.account.UserId;
import chat.parley.api.presence.PresenceEvent;
import chat.parley.api.presence.PresenceEvent.DeviceClosed;
import chat.parley.api.presence.PresenceEvent.DeviceOpened;
import chat.parley.api.presence.PresenceEvent.DeviceStatusSet;
import chat.parley.api.presence.VisiblePresence;
import chat.parley.eventprocessing.batch.EventProcessingFailure;
import chat.parley.eventprocessing.batch.RecordedEvent;
import chat.parley.projections.store.DocumentFields;
import com.mongodb.client.model.DeleteOneModel;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.WriteModel;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** Applies a batch of events to one user's presence. Events that its document already includes are skipped. */
final class PresenceFold {
    private final UserId user;
    private final Map<String, Long> sessions = new HashMap<>();
    private final Set<DeviceId> changed = new LinkedHashSet<>();
    private long version;
    private VisiblePresence seen = VisiblePresence.NONE;

    PresenceFold(UserId user, @Nullable Document before) {
        this.user = user;
        if (before != null) {
            version = DocumentFields.longOf(before, "v");
            Document devices = DocumentFields.sub(before, "d");
            devices.forEach((device, open) -> sessions.put(device, DocumentFields.longOf((Document) open, "s")));
            Long lastActive = DocumentFields.longOrNull(before, "a");
            seen = new VisiblePresence(
                    PresenceQueries.statuses(devices), lastActive == null ? null : Instant.ofEpochMilli(lastActive));
        }
    }

    void apply(RecordedEvent recorded, PresenceEvent event) {
        if (recorded.position() <= version) {
            return;
        }
        if (recorded.position() != version + 1) {
            throw EventProcessingFailure.hole(recorded, version);
        }
        version = recorded.position();
        changed.add(event.device());
        seen = seen.after(event);
        String device = event.device().value();
        switch (event) {
            case DeviceOpened e -> sessions.put(device, e.session());
            case DeviceClosed e -> sessions.remove(device);
            case DeviceStatusSet e -> {}
        }
    }

    boolean isChanged() {
        return !changed.isEmpty();
    }

    /** One document per connected device. */
    Stream<WriteModel<Document>> writeOpen() {
        return changed.stream().map(device -> {
            String id = openId(user, device);
            Long session = sessions.get(device.value());
            return session == null
                    ? new DeleteOneModel<>(Filters.eq("_id", id))
                    : new ReplaceOneModel<>(
                            Filters.eq("_id", id),
                            new Document("_id", id).append("s", session),
                            new ReplaceOptions().upsert(true));
        });
    }

    static String openId(UserId user, DeviceId device) {
        return user + ":" + device;
    }

    ReplaceOneModel<Document> write() {
        Document devices = new Document();
        seen.devices()
                .forEach((device, status) ->
                        devices.append(device, new Document("s", sessions.get(device)).append("t", status.name())));
        Document document =
                new Document("_id", user.value()).append("v", version).append("d", devices);
        Instant lastActive = seen.lastActive();
        if (lastActive != null) {
            document.append("a", lastActive.toEpochMilli());
        }
        return new ReplaceOneModel<>(Filters.eq("_id", user.value()), document, new ReplaceOptions().upsert(true));
    }
}
