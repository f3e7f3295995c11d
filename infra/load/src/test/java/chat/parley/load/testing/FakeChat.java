package chat.parley.load.testing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The state of {@link FakeServer} in memory: people, groups and their entries. For one thread. */
public final class FakeChat {
    public static final JsonMapper JSON = JsonMapper.builder().build();

    private final Map<String, Person> byName = new HashMap<>();
    private final Map<String, Group> groups = new HashMap<>();
    private final Map<Set<String>, Group> directs = new HashMap<>();
    private final List<ObjectNode> log = new ArrayList<>();
    private long time = 1_700_000_000_000L;

    record Person(String id, String name, String password) {}

    static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final int status;
        private final String code;

        Refusal(int status, String code) {
            super(code);
            this.status = status;
            this.code = code;
        }

        int status() {
            return status;
        }

        String code() {
            return code;
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

    Person signUp(JsonNode body) {
        String name = body.path("username").asString();
        Person person = new Person(
                "u" + (byName.size() + 1), name, body.path("password").asString());
        if (byName.putIfAbsent(name, person) != null) {
            throw new Refusal(409, "username-taken");
        }
        return person;
    }

    Person logIn(JsonNode body) {
        Person person = byName.get(body.path("username").asString());
        if (person == null || !person.password.equals(body.path("password").asString())) {
            throw new Refusal(401, "bad-credentials");
        }
        return person;
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
    ObjectNode start(String by, JsonNode body, int maxMembers) {
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
        ObjectNode entry = entry(group, "started", by);
        ArrayNode members = entry.putArray("members");
        group.members.forEach(member -> members.addObject().put("user", member));
        return entry;
    }

    ObjectNode join(String user, Group group, int maxMembers) {
        if (!group.members.add(user)) {
            throw new Refusal(409, "already-a-member");
        }
        if (group.members.size() > maxMembers) {
            group.members.remove(user);
            throw new Refusal(409, "group-full");
        }
        return entry(group, "joined", user).put("user", user);
    }

    ObjectNode leave(String user, Group group) {
        if (!group.members.remove(user)) {
            throw new Refusal(403, "not-a-member");
        }
        return entry(group, "left", user).put("user", user);
    }

    /** The stored entry of this clientMessageId, or null if it is new. */
    @Nullable
    ObjectNode stored(JsonNode send) {
        return group(send.path("conversation").asString())
                .byClientId
                .get(send.path("clientMessageId").asString());
    }

    ObjectNode say(String by, JsonNode send) {
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
        ObjectNode entry = entry(group, "message", by)
                .put("text", send.path("text").asString())
                .put("clientMessageId", id)
                .put("ordinal", ++group.messages);
        group.byClientId.putIfAbsent(id, entry);
        return entry;
    }

    private ObjectNode entry(Group group, String kind, String sender) {
        ObjectNode entry = JSON.createObjectNode()
                .put("conversation", group.id)
                .put("position", group.entries.size() + 1)
                .put("kind", kind)
                .put("sender", sender)
                .put("at", Instant.ofEpochMilli(++time).toString());
        group.entries.add(entry);
        log.add(entry);
        return entry;
    }

    int head() {
        return log.size();
    }

    List<ObjectNode> everything() {
        return List.copyOf(log);
    }

    /** The entries that a user may see, after this index in the entries of all groups. */
    List<ObjectNode> after(String user, int index) {
        return visible(user, log.subList(index, log.size()));
    }

    List<ObjectNode> afterPositions(String user, JsonNode positions) {
        return visible(
                user,
                log.stream()
                        .filter(entry -> entry.path("position").asInt()
                                > positions
                                        .path(entry.path("conversation").asString())
                                        .asInt(0))
                        .toList());
    }

    private List<ObjectNode> visible(String user, List<ObjectNode> entries) {
        Map<String, Set<Integer>> sees = new HashMap<>();
        return entries.stream()
                .filter(entry -> sees.computeIfAbsent(
                                entry.path("conversation").asString(), id -> positions(user, group(id)))
                        .contains(entry.path("position").asInt()))
                .toList();
    }

    private static Set<Integer> positions(String user, Group group) {
        Set<Integer> positions = new HashSet<>();
        boolean in = false;
        for (ObjectNode entry : group.entries) {
            boolean own = Objects.equals(user, entry.path("user").asString(""));
            String kind = entry.path("kind").asString();
            if (kind.equals("started")) {
                in = entry.path("members")
                        .valueStream()
                        .anyMatch(member -> user.equals(member.path("user").asString()));
            }
            in |= own && kind.equals("joined");
            if (in) {
                positions.add(entry.path("position").asInt());
            }
            in &= !(own && kind.equals("left"));
        }
        return positions;
    }
}
