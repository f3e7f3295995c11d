package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.KebabCase;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.HistoryAccess;
import chat.parley.api.conversation.RecordedEntry;
import chat.parley.testing.FakeTextProtection;
import chat.parley.testing.conversation.ConversationRecorder;
import chat.parley.testing.conversation.ReferenceModel;
import chat.parley.wire.EntryRenderer;
import chat.parley.wire.FrameCodec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * Random actions of users in a group: sending, editing, retracting, reacting, joining and leaving. Records what the server
 * accepted, and computes from it what each user must read.
 */
final class RandomGroupScenario extends ConversationRecorder {
    private static final String EMOJI = "%F0%9F%91%8D";

    final String id;
    private final ConversationId conversation;
    private final List<TestUser> people;
    private final List<RecordedEntry> log = new ArrayList<>();
    private final EntryRenderer renderer = new EntryRenderer(protection());
    private final FrameCodec codec = new FrameCodec();
    private int texts;

    /** @param people the first is the owner, who never leaves; the second is a member from the beginning */
    RandomGroupScenario(List<TestUser> people, Random random) {
        super(FakeTextProtection.legible());
        this.people = people;
        HistoryAccess history = random.nextBoolean() ? HistoryAccess.ALL : HistoryAccess.SINCE_JOINED;
        id = owner().startGroup(
                        Map.of("title", "title 0", "joinable", true, "history", KebabCase.of(history)), people.get(1));
        conversation = new ConversationId(id);
        startGroup(conversation, user(owner()), "title 0", history, user(people.get(1)));
    }

    private static UserId user(TestUser person) {
        return new UserId(person.id);
    }

    @Override
    protected Instant now() {
        return Instant.EPOCH;
    }

    @Override
    public long append(ConversationEvent event) {
        long position = log.size() + 1L;
        log.add(RecordedEntry.of(position, position, event));
        return position;
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
        TestUser person = people.get(random.nextInt(people.size()));
        TestUser other = people.get(random.nextInt(people.size()));
        UserId by = user(person);
        UserId owner = user(owner());
        String text = "text " + ++texts;
        long target = 1L + random.nextInt(log.size());
        String message = path() + "/messages/" + target;
        List<String> mentions = random.nextBoolean() ? List.of(other.id) : List.of();
        UserId[] mentioned = mentions.stream().map(UserId::new).toArray(UserId[]::new);
        switch (random.nextInt(12)) {
            case 0, 1, 2 -> {
                Map<String, Object> body = new HashMap<>(Map.of("text", text, "mentions", mentions));
                body.put("clientMessageId", UUID.randomUUID().toString());
                if (isRecorded(person.rest.post(path() + "/messages", body))) {
                    send(conversation, by, text, mentioned);
                }
            }
            case 3, 4, 5 -> {
                UserId author = log.get((int) target - 1).event().by();
                ApiClient asAuthor = people.stream()
                        .filter(each -> user(each).equals(author))
                        .findFirst()
                        .orElseThrow()
                        .rest;
                if (isRecorded(asAuthor.put(message, Map.of("text", text, "mentions", mentions)))) {
                    edit(conversation, author, target, text, List.of(mentioned));
                }
            }
            case 6 -> {
                if (isRecorded(owner().rest.delete(message))) {
                    retract(conversation, owner, target);
                }
            }
            case 7 -> {
                if (isRecorded(person.rest.put(message + "/reactions/" + EMOJI, Map.of()))) {
                    react(conversation, by, target, EMOJI, true);
                }
            }
            case 8, 9 -> {
                if (isRecorded(person.rest.put(path() + "/members/me", Map.of()))) {
                    join(conversation, by, by);
                }
            }
            case 10 -> {
                // The owner stays, because a user who joins an empty group would become the owner, which adds an entry.
                if (!by.equals(owner) && isRecorded(person.rest.delete(path() + "/members/me"))) {
                    leave(conversation, by, by);
                }
            }
            default -> {
                if (isRecorded(owner().rest.patch(path(), Map.of("title", "title " + texts)))) {
                    rename(conversation, owner, "title " + texts);
                }
            }
        }
    }

    /** Whether the command has added an entry; refused and repeated ones add none. */
    private boolean isRecorded(ApiClient.Answer answer) {
        int status = answer.response().statusCode();
        assertThat(status).as(answer.response().body()).isLessThan(500);
        long next = log.size() + 1L;
        return status < 300 && answer.expect(status).path("position").asLong(next) == next;
    }

    // Expected results

    private ReferenceModel expected() {
        return new ReferenceModel(log, List.of());
    }

    boolean sees(TestUser person) {
        return !expected().visible(user(person)).isEmpty();
    }

    /** The last visible position. */
    long head(TestUser person) {
        return expected().visible(user(person)).getLast();
    }

    /** All visible entries, as they read for the user. */
    List<Map<String, Object>> entries(TestUser person) {
        ReferenceModel expected = expected();
        return expected.visible(user(person)).stream()
                .map(position -> shown(expected.entry(user(person), position)))
                .toList();
    }

    List<Map<String, Object>> messages(TestUser person) {
        return entries(person).stream()
                .filter(entry -> "message".equals(entry.get("kind")))
                .toList();
    }

    /** Messages since the user's own last one, within the membership. */
    List<Map<String, Object>> unread(TestUser person) {
        return expected().unreadMessages(user(person)).stream().map(this::shown).toList();
    }

    /** As of the last visible position. */
    String title(TestUser person) {
        return Objects.requireNonNull(expected().title(user(person))).ciphertext();
    }

    private Map<String, Object> shown(RecordedEntry entry) {
        return parts(ApiClient.JSON.readTree(codec.encodeEntry(renderer.render(entry), null)));
    }

    /** The parts of an entry that concern texts. */
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
}
