package chat.parley.load.testing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The state of {@link FakeServer} in memory: people, groups and their entries. For one thread. */
public final class FakeChat {
    public static final JsonMapper JSON = JsonMapper.builder().build();

    private final Map<String, Account> byName = new HashMap<>();
    private final Map<String, Group> groups = new HashMap<>();
    private final Map<Set<String>, Group> directs = new HashMap<>();
    private final List<Entry> log = new ArrayList<>();
    private long time = 1_700_000_000_000L;

    record Account(String id, String name, String password) {}

    /** @param readers the members when it was stored, and whoever left with it */
    record Entry(ObjectNode json, List<String> readers) {
        long ordinal() {
            return json.path("ordinal").asLong();
        }
    }

    static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1L;
        final int status;
        final String code;

        Refusal(int status, String code) {
            super(code);
            this.status = status;
            this.code = code;
        }
    }

    static final class Group {
        private final String id;
        private final String title;
        private final Set<String> members = new LinkedHashSet<>();
        private final List<ObjectNode> entries = new ArrayList<>();
        private final Map<String, ObjectNode> byClientId = new HashMap<>();
        private long messages;

        Group(String id, String title) {
            this.id = id;
            this.title = title;
        }

        Set<String> members() {
            return members;
        }

        List<ObjectNode> entries() {
            return entries;
        }

        long messages() {
            return messages;
        }

        Instant newest() {
            return Instant.parse(entries.getLast().path("at").asString());
        }

        ObjectNode view() {
            return JSON.createObjectNode().put("id", id).put("title", title).put("head", entries.size());
        }

        /** The inbox item of a user who has read nothing. */
        ObjectNode item(String user) {
            ObjectNode item = view().put("kind", "direct");
            members.stream().filter(member -> !member.equals(user)).forEach(with -> item.put("with", with));
            return item.put("unread", messages).set("last", entries.getLast());
        }
    }

    Account signUp(JsonNode body) {
        String name = body.path("username").asString();
        Account account = new Account(
                "u" + (byName.size() + 1), name, body.path("password").asString());
        if (byName.putIfAbsent(name, account) != null) {
            throw new Refusal(409, "username-taken");
        }
        return account;
    }

    Account logIn(JsonNode body) {
        Account account = byName.get(body.path("username").asString());
        if (account == null || !account.password.equals(body.path("password").asString())) {
            throw new Refusal(401, "bad-credentials");
        }
        return account;
    }

    Group group(String id) {
        Group group = groups.get(id);
        if (group == null) {
            throw new Refusal(404, "conversation-not-found");
        }
        return group;
    }

    List<Group> newestFirst(String user) {
        return groups.values().stream()
                .filter(group -> group.members.contains(user))
                .sorted(Comparator.comparing(Group::newest).reversed())
                .toList();
    }

    /** The direct conversation of a request to start one, or null if there is none yet. */
    @Nullable
    Group direct(String by, JsonNode body) {
        return body.has("with") ? directs.get(Set.of(by, body.path("with").asString())) : null;
    }

    /** A direct conversation is a group of two here. */
    Entry start(String by, JsonNode body, int maxMembers) {
        Group group = new Group("c" + (groups.size() + 1), body.path("title").asString(""));
        group.members.add(by);
        body.path("members").forEach(member -> group.members.add(member.asString()));
        if (body.has("with")) {
            group.members.add(body.path("with").asString());
            directs.put(Set.copyOf(group.members), group);
        }
        if (group.members.size() > maxMembers) {
            throw new Refusal(409, "group-full");
        }
        groups.put(group.id, group);
        Entry entry = entry(group, "started", by);
        ArrayNode members = entry.json().putArray("members");
        group.members.forEach(member -> members.addObject().put("user", member));
        return entry;
    }

    Entry join(String user, Group group, int maxMembers) {
        if (!group.members.add(user)) {
            throw new Refusal(409, "already-a-member");
        }
        if (group.members.size() > maxMembers) {
            group.members.remove(user);
            throw new Refusal(409, "group-full");
        }
        return of(user, entry(group, "joined", user));
    }

    Entry leave(String user, Group group) {
        if (!group.members.contains(user)) {
            throw new Refusal(403, "not-a-member");
        }
        Entry left = of(user, entry(group, "left", user));
        group.members.remove(user);
        return left;
    }

    private static Entry of(String user, Entry membership) {
        membership.json().put("user", user);
        return membership;
    }

    /** The stored entry of this clientMessageId, or null if it is new. */
    @Nullable
    ObjectNode stored(JsonNode send) {
        return group(send.path("conversation").asString())
                .byClientId
                .get(send.path("clientMessageId").asString());
    }

    Entry say(String by, JsonNode send) {
        Group group = group(send.path("conversation").asString());
        if (!group.members.contains(by)) {
            throw new Refusal(403, "not-a-member");
        }
        if (send.path("text").asString().isBlank()) {
            throw new Refusal(400, "message-empty");
        }
        for (JsonNode mention : send.path("mentions")) {
            if (!group.members.contains(mention.asString())) {
                throw new Refusal(400, "mentions-invalid");
            }
        }
        String id = send.path("clientMessageId").asString();
        Entry entry = entry(group, "message", by);
        entry.json()
                .put("text", send.path("text").asString())
                .put("clientMessageId", id)
                .put("ordinal", ++group.messages);
        group.byClientId.putIfAbsent(id, entry.json());
        return entry;
    }

    private Entry entry(Group group, String kind, String sender) {
        ObjectNode json = JSON.createObjectNode()
                .put("conversation", group.id)
                .put("position", group.entries.size() + 1)
                .put("kind", kind)
                .put("sender", sender)
                .put("at", Instant.ofEpochMilli(++time).toString());
        Entry entry = new Entry(json, List.copyOf(group.members));
        group.entries.add(json);
        log.add(entry);
        return entry;
    }

    int head() {
        return log.size();
    }

    Stream<ObjectNode> messages() {
        return log.stream().filter(entry -> entry.ordinal() > 0).map(Entry::json);
    }

    /** The entries that a user may see, after this index in the entries of all groups. */
    List<ObjectNode> after(String user, int index) {
        return visible(user, log.stream().skip(index));
    }

    List<ObjectNode> afterPositions(String user, JsonNode positions) {
        return visible(
                user,
                log.stream()
                        .filter(entry -> entry.json().path("position").asInt()
                                > positions
                                        .path(entry.json().path("conversation").asString())
                                        .asInt(0)));
    }

    private static List<ObjectNode> visible(String user, Stream<Entry> entries) {
        return entries.filter(entry -> entry.readers().contains(user))
                .map(Entry::json)
                .toList();
    }
}
