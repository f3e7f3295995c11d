package chat.parley.projections;

import chat.parley.api.DeviceId;
import chat.parley.api.DeviceStatus;
import chat.parley.api.PresenceEvent;
import chat.parley.api.PresenceEvent.DeviceClosed;
import chat.parley.api.PresenceEvent.DeviceOpened;
import chat.parley.api.PresenceEvent.DeviceStatusSet;
import chat.parley.api.PresenceStatus;
import chat.parley.api.UserId;
import com.mongodb.client.model.DeleteOneModel;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.WriteModel;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** One user's presence while a batch of its events is applied to it. Events its document knows already are left alone. */
final class PresenceFold {
    private final UserId user;
    private final Map<String, Document> devices = new TreeMap<>();
    private final Set<DeviceId> changed = new LinkedHashSet<>();
    private long version;
    private @Nullable Long lastActive;

    PresenceFold(UserId user, @Nullable Document before) {
        this.user = user;
        if (before != null) {
            version = Docs.longOf(before, "v");
            lastActive = Docs.longOrNull(before, "a");
            Docs.sub(before, "d").forEach((device, open) -> devices.put(device, (Document) open));
        }
    }

    void apply(Occurrence occurrence, PresenceEvent event) {
        if (occurrence.position() <= version) {
            return;
        }
        if (occurrence.position() != version + 1) {
            throw ProjectionFailure.hole(occurrence, version);
        }
        version = occurrence.position();
        changed.add(event.device());
        String device = event.device().value();
        // Who is invisible is not seen to be active either.
        boolean seen = isSeen();
        switch (event) {
            case DeviceOpened e -> {
                devices.put(device, new Document("s", e.session()).append("t", DeviceStatus.ONLINE.name()));
                if (seen || devices.size() == 1) {
                    active(e.at());
                }
            }
            case DeviceClosed e -> {
                devices.remove(device);
                if (seen) {
                    active(e.lastActive());
                }
            }
            case DeviceStatusSet e -> {
                Document open = devices.get(device);
                if (open != null) {
                    devices.put(
                            device, new Document(open).append("t", e.status().name()));
                }
            }
        }
    }

    private boolean isSeen() {
        return PresenceStatus.of(PresenceQueries.statuses(devices).values()) != PresenceStatus.OFFLINE;
    }

    private void active(Instant at) {
        lastActive = lastActive == null ? at.toEpochMilli() : Math.max(lastActive, at.toEpochMilli());
    }

    boolean isChanged() {
        return !changed.isEmpty();
    }

    /** One document for each device that is connected. */
    Stream<WriteModel<Document>> writeOpen() {
        return changed.stream().map(device -> {
            String id = openId(user, device);
            Document open = devices.get(device.value());
            return open == null
                    ? new DeleteOneModel<>(Filters.eq("_id", id))
                    : new ReplaceOneModel<>(
                            Filters.eq("_id", id),
                            new Document("_id", id).append("s", open.get("s")),
                            new ReplaceOptions().upsert(true));
        });
    }

    static String openId(UserId user, DeviceId device) {
        return user + ":" + device;
    }

    ReplaceOneModel<Document> write() {
        Document document =
                new Document("_id", user.value()).append("v", version).append("d", new Document(Map.copyOf(devices)));
        if (lastActive != null) {
            document.append("a", lastActive);
        }
        return new ReplaceOneModel<>(Filters.eq("_id", user.value()), document, new ReplaceOptions().upsert(true));
    }
}
