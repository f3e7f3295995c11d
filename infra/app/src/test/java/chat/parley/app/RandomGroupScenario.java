package chat.parley.app;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Random actions of users in a group: sending, editing, retracting, reacting, joining and leaving. Computes from these
 * actions what each user must read.
 */
final class RandomGroupScenario {
    private static final String EMOJI = "%F0%9F%91%8D";

    final String id;
    private final List<TestUser> people;
    private final boolean all;
    private final List<Made> log = new ArrayList<>();
    private int texts;

    /** One entry as its author knows it. */
    private record Made(
            String kind,
            TestUser by,
            @Nullable Long target,
            @Nullable String text,
            List<String> mentions,
            @Nullable TestUser user) {}

    /** @param people the first is the owner, who never leaves; the second is a member from the beginning */
    RandomGroupScenario(List<TestUser> people, Random random) {
        this.people = people;
        this.all = random.nextBoolean();
        id = owner().startGroup(
                        Map.of("title", "title 0", "joinable", true, "history", all ? "all" : "since-joined"),
                        people.get(1));
        log.add(new Made("started", owner(), null, "title 0", List.of(), null));
    }

    TestUser owner() {
        return people.getFirst();
    }

    String path() {
        return "/conversations/" + id;
    }

    /** Waits until the read side includes all entries. */
    void awaitReadable() {
        DirectConversationScenario.answerThrough(owner(), id, log.size());
    }

    // Actions

    void step(Random random) {
        TestUser by = people.get(random.nextInt(people.size()));
        TestUser other = people.get(random.nextInt(people.size()));
        String text = "text " + ++texts;
        long target = 1L + random.nextInt(log.size());
        String message = path() + "/messages/" + target;
        List<String> mentions = random.nextBoolean() ? List.of(other.id) : List.of();
        switch (random.nextInt(12)) {
            case 0, 1, 2 ->
                made(
                        by.rest.post(
                                path() + "/messages",
                                Map.of(
                                        "clientMessageId",
                                        UUID.randomUUID().toString(),
                                        "text",
                                        text,
                                        "mentions",
                                        mentions)),
                        new Made("message", by, null, text, mentions, null));
            case 3, 4, 5 -> {
                Made made = log.get((int) target - 1);
                made(
                        made.by().rest.put(message, Map.of("text", text, "mentions", mentions)),
                        new Made("edit", made.by(), target, text, mentions, null));
            }
            case 6 ->
                made(owner().rest.delete(message), new Made("retraction", owner(), target, null, List.of(), null));
            case 7 ->
                made(
                        by.rest.put(message + "/reactions/" + EMOJI, Map.of()),
                        new Made("reaction", by, target, null, List.of(), null));
            case 8, 9 ->
                made(by.rest.put(path() + "/members/me", Map.of()), new Made("joined", by, null, null, List.of(), by));
            case 10 -> {
                // The owner stays, because a user who joins an empty group would become the owner, which adds an entry.
                if (!by.equals(owner())) {
                    made(by.rest.delete(path() + "/members/me"), new Made("left", by, null, null, List.of(), by));
                }
            }
            default ->
                made(
                        owner().rest.patch(path(), Map.of("title", "title " + texts)),
                        new Made("renamed", owner(), null, "title " + texts, List.of(), null));
        }
    }

    /** Refused and repeated commands add no entry. */
    private void made(ApiClient.Answer answer, Made made) {
        int status = answer.response().statusCode();
        assertThat(status).as(answer.response().body()).isLessThan(500);
        long position = status < 300 ? answer.expect(status).path("position").asLong(log.size() + 1L) : 0;
        if (position == log.size() + 1) {
            log.add(made);
        }
    }

    // Expected results

    private List<Long> asMember(TestUser person) {
        List<Long> positions = new ArrayList<>();
        Set<TestUser> members = new HashSet<>();
        for (long position = 1; position <= log.size(); position++) {
            boolean before = members.contains(person);
            Made made = at(position);
            switch (made.kind()) {
                case "started" -> members.addAll(people.subList(0, 2));
                case "joined" -> members.add(made.user());
                case "left" -> members.remove(made.user());
                default -> {}
            }
            if (before || members.contains(person)) {
                positions.add(position);
            }
        }
        return positions;
    }

    private List<Long> visible(TestUser person) {
        List<Long> member = asMember(person);
        List<Long> visible = new ArrayList<>();
        for (long position = 1; !member.isEmpty() && position <= member.getLast(); position++) {
            if (all || member.contains(position)) {
                visible.add(position);
            }
        }
        return visible;
    }

    boolean sees(TestUser person) {
        return !visible(person).isEmpty();
    }

    /** The last visible position. */
    long head(TestUser person) {
        return visible(person).getLast();
    }

    /** All visible entries, as they read for the user. */
    List<Map<String, Object>> entries(TestUser person) {
        List<Long> visible = visible(person);
        return visible.stream().map(position -> entry(position, visible)).toList();
    }

    List<Map<String, Object>> messages(TestUser person) {
        return entries(person).stream()
                .filter(entry -> "message".equals(entry.get("kind")))
                .toList();
    }

    private Made at(long position) {
        return log.get((int) position - 1);
    }

    /** The parts of an entry that concern texts. */
    private Map<String, Object> entry(long position, List<Long> visible) {
        Made made = at(position);
        Map<String, Object> entry = new HashMap<>();
        entry.put("position", position);
        entry.put("kind", made.kind());
        long message = made.kind().equals("edit") && made.target() != null ? made.target() : position;
        String text = made.text();
        List<String> mentions = made.mentions();
        for (long later : visible) {
            Made change = at(later);
            boolean concerns = change.target() != null && change.target() == message;
            if (concerns && change.kind().equals("retraction")) {
                entry.put("retracted", later);
                entry.remove("edited");
                return entry;
            }
            if (concerns && change.kind().equals("edit") && made.kind().equals("message")) {
                entry.put("edited", later);
                text = change.text();
                mentions = change.mentions();
            }
        }
        if (text != null) {
            entry.put(made.kind().equals("message") || made.kind().equals("edit") ? "text" : "title", text);
        }
        if (!mentions.isEmpty()) {
            entry.put("mentions", mentions);
        }
        return entry;
    }

    /** The same parts of an entry in the server's answer. */
    static Map<String, Object> parts(JsonNode entry) {
        Map<String, Object> parts = new HashMap<>();
        parts.put("position", entry.path("position").asLong());
        parts.put("kind", entry.path("kind").asString());
        for (String name : List.of("text", "title")) {
            if (entry.has(name)) {
                parts.put(name, entry.path(name).asString());
            }
        }
        for (String name : List.of("edited", "retracted")) {
            if (entry.has(name)) {
                parts.put(name, entry.path(name).asLong());
            }
        }
        if (!entry.path("mentions").isEmpty()) {
            parts.put(
                    "mentions",
                    entry.path("mentions").valueStream().map(JsonNode::asString).toList());
        }
        return parts;
    }

    /** Messages since the user's own last one, within the membership. */
    List<Map<String, Object>> unread(TestUser person) {
        List<Long> member = asMember(person);
        List<Map<String, Object>> unread = new ArrayList<>();
        for (Map<String, Object> message : messages(person)) {
            long position = (Long) requireNonNull(message.get("position"));
            if (at(position).by().equals(person)) {
                unread.clear();
            } else if (member.contains(position) && !message.containsKey("retracted")) {
                unread.add(message);
            }
        }
        return unread;
    }

    /** As of the last visible position. */
    String title(TestUser person) {
        String title = "";
        for (long position = 1; position <= head(person); position++) {
            Made made = at(position);
            if (made.kind().equals("started") || made.kind().equals("renamed")) {
                title = requireNonNull(made.text());
            }
        }
        return title;
    }
}
