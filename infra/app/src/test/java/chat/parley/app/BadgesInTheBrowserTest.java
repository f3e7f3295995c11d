package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/**
 * Random sends, reads, edits, retractions and reconnects: each badge of three pages, two of
 * them tabs with one connection, is what the server counts.
 */
@ExtendWith(Chromium.class)
class BadgesInTheBrowserTest {
    private static final int ROUNDS = 4;
    private static final int CHANGES_A_ROUND = 12;

    /** The badges by conversation: unread and mentions. */
    private static final String BADGES =
            "() => Object.fromEntries([...document.querySelectorAll('.inbox .item')].map(item => ["
                    + "item.querySelector('a').getAttribute('href').slice(3),"
                    + "(item.querySelector('.badge:not(.mention-badge)')?.textContent ?? '0') + ' '"
                    + " + (item.querySelector('.mention-badge')?.textContent.slice(1) ?? '0')]))";

    private final ParleyServer server = ParleyServer.shared();
    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    @Test
    void areNeverWrong(PageVisitor alice, PageVisitor bob) {
        alice.signUpAndStay();
        bob.signUp();
        TestUser writer = server.newPerson();
        List<Reader> readers = new ArrayList<>(List.of(reader(alice), reader(bob)));
        readers.add(new Reader(alice.anotherTab(), readers.get(0).person));
        List<String> conversations = List.of(
                writer.startGroup(readers.get(0).person, readers.get(1).person),
                writer.startGroup(readers.get(0).person, readers.get(1).person),
                writer.startDirect(readers.get(0).person),
                writer.startDirect(readers.get(1).person));
        List<Sent> sent = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < CHANGES_A_ROUND; i++) {
                change(writer, readers, conversations, sent);
            }
            readers.forEach(reader -> reader.page.online());
            readers.forEach(this::awaitTheCountsOfTheServer);
        }
        readers.forEach(reader -> {
            reader.page.forgiveNetworkErrors();
            reader.page.expectNoErrors();
        });
    }

    private record Reader(PageVisitor page, TestUser person) {}

    private record Sent(String conversation, long position) {}

    private Reader reader(PageVisitor page) {
        page.button("New").waitFor();
        return new Reader(page, page.person(server.port()));
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private void change(TestUser writer, List<Reader> readers, List<String> conversations, List<Sent> sent) {
        String conversation = any(conversations);
        Reader reader = any(readers);
        switch (random.nextInt(8)) {
            case 0, 1, 2 ->
                sent.add(new Sent(conversation, send(writer, conversation, mentionable(conversation, readers))));
            case 3 -> {
                if (!sent.isEmpty()) {
                    edit(writer, any(sent));
                }
            }
            case 4 -> {
                if (!sent.isEmpty()) {
                    Sent retracted = any(sent);
                    sent.remove(retracted);
                    writer.rest.delete(path(retracted)).expect(200);
                }
            }
            case 5 -> open(reader, conversation);
            case 6 -> reader.page.offline();
            default -> reader.page.online();
        }
    }

    /** The members that a message in this conversation may mention: in a group both. */
    private static List<String> mentionable(String conversation, List<Reader> readers) {
        return conversation.startsWith("g")
                ? readers.stream().map(reader -> reader.person.id).distinct().toList()
                : List.of();
    }

    private long send(TestUser writer, String conversation, List<String> mentionable) {
        Map<String, Object> body = new TreeMap<>(DirectConversationScenario.body("message " + random.nextInt()));
        body.put(
                "mentions",
                mentionable.stream().filter(any -> random.nextBoolean()).toList());
        return writer.rest
                .post("/conversations/" + conversation + "/messages", body)
                .expect(201)
                .path("position")
                .asLong();
    }

    private void edit(TestUser writer, Sent message) {
        writer.rest
                .put(path(message), Map.of("text", "edited " + random.nextInt()))
                .expect(200);
    }

    private static String path(Sent message) {
        return "/conversations/" + message.conversation() + "/messages/" + message.position();
    }

    /** Reads a conversation, if the page shows it. Offline it shows what it has. */
    private static void open(Reader reader, String conversation) {
        reader.page.page.evaluate("id => document.querySelector(`.inbox a[href='/c/${id}']`)?.click()", conversation);
    }

    private void awaitTheCountsOfTheServer(Reader reader) {
        Awaitility.await()
                .pollInSameThread()
                .atMost(Duration.ofSeconds(90))
                .untilAsserted(() -> assertThat(reader.page.page.evaluate(BADGES))
                        .as("seed " + seed)
                        .isEqualTo(counted(reader)));
    }

    private static Map<String, String> counted(Reader reader) {
        JsonNode inbox = reader.person.rest.get("/inbox").expect(200).get("conversations");
        return inbox.valueStream()
                .collect(Collectors.toMap(
                        item -> item.get("id").asString(),
                        item -> item.get("unread").asLong() + " "
                                + item.get("mentions").asLong()));
    }
}
