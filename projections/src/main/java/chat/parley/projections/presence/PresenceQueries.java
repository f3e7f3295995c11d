package chat.parley.projections.presence;

import chat.parley.api.account.DeviceId;
import chat.parley.api.account.UserId;
import chat.parley.api.presence.DeviceStatus;
import chat.parley.api.presence.FindPresence;
import chat.parley.api.presence.FindPresence.OpenDevice;
import chat.parley.api.presence.FindPresence.OpenDevices;
import chat.parley.api.presence.FindPresence.Presences;
import chat.parley.api.presence.FindPresence.UserPresence;
import chat.parley.projections.query.ReadModelAnswers;
import chat.parley.projections.store.DocumentFields;
import chat.parley.projections.store.ReadModelStore;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.axonframework.queryhandling.QueryHandler;
import org.bson.Document;
import org.bson.conversions.Bson;

/** Answers queries for presences. */
public final class PresenceQueries {
    private static final int OPEN_PER_PAGE = 1_000;

    private final ReadModelAnswers answers;

    public PresenceQueries(ReadModelAnswers answers) {
        this.answers = answers;
    }

    @QueryHandler
    public CompletableFuture<Presences> handle(FindPresence query) {
        return answers.including(query.atLeastIndex(), generation -> presences(query, generation.store()));
    }

    private static Presences presences(FindPresence query, ReadModelStore store) {
        List<String> ids = query.users().stream().map(UserId::value).distinct().toList();
        Map<String, Document> presences = ReadModelStore.small(store.presences(), ids, null);
        return new Presences(query.users().stream()
                .map(user -> presence(user, presences.getOrDefault(user.value(), new Document())))
                .toList());
    }

    private static UserPresence presence(UserId user, Document document) {
        Long lastActive = DocumentFields.longOrNull(document, "a");
        return new UserPresence(
                user,
                DocumentFields.longOf(document, "v"),
                statuses(DocumentFields.sub(document, "d")),
                lastActive == null ? null : Instant.ofEpochMilli(lastActive));
    }

    static Map<String, DeviceStatus> statuses(Map<String, ?> devices) {
        Map<String, DeviceStatus> statuses = new TreeMap<>();
        devices.forEach((device, open) -> statuses.put(device, DeviceStatus.valueOf(((Document) open).getString("t"))));
        return statuses;
    }

    @QueryHandler
    public CompletableFuture<OpenDevices> handle(FindPresence.Open query) {
        return answers.including(query.atLeastIndex(), generation -> open(query, generation.store()));
    }

    private static OpenDevices open(FindPresence.Open query, ReadModelStore store) {
        Bson filter = query.after() == null ? Filters.empty() : Filters.gt("_id", query.after());
        List<Document> page = store.openDevices()
                .find(filter)
                .sort(Sorts.ascending("_id"))
                .limit(OPEN_PER_PAGE)
                .batchSize(OPEN_PER_PAGE)
                .into(new ArrayList<>());
        List<String> users = page.stream().map(PresenceQueries::user).distinct().toList();
        Map<String, Document> presences = ReadModelStore.small(store.presences(), users, Projections.include("a"));
        return new OpenDevices(
                page.stream()
                        .map(device -> openDevice(device, presences.getOrDefault(user(device), new Document())))
                        .toList(),
                page.size() < OPEN_PER_PAGE ? null : page.getLast().getString("_id"));
    }

    private static String user(Document device) {
        String id = device.getString("_id");
        return id.substring(0, id.indexOf(':'));
    }

    private static OpenDevice openDevice(Document device, Document presence) {
        String user = user(device);
        String id = device.getString("_id").substring(user.length() + 1);
        Long lastActive = DocumentFields.longOrNull(presence, "a");
        return new OpenDevice(
                new UserId(user),
                new DeviceId(id),
                DocumentFields.longOf(device, "s"),
                lastActive == null ? null : Instant.ofEpochMilli(lastActive));
    }
}
