package chat.parley.load.scenario;

import chat.parley.load.check.Violations;
import chat.parley.load.client.UserAccount;
import chat.parley.load.workload.ClosedLoopReads;
import chat.parley.load.workload.NumberedConversation;
import chat.parley.load.workload.SyntheticMessages;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Reads of one inbox with many direct conversations, each with unread messages. */
@Command(name = "inbox", description = "Reads an inbox of many conversations and checks what it contains.")
final class InboxScenario extends Scenario {
    private static final String TEMPLATE = "/api/v1/inbox";

    /** Messages that are written concurrently may have timestamps in another order than their positions. */
    private static final Duration CONCURRENT = Duration.ofSeconds(1);

    @Option(names = "--conversations", defaultValue = "200", description = "In the inbox (${DEFAULT-VALUE}).")
    private int conversations;

    @Option(names = "--messages", defaultValue = "5", description = "Unread in each of them (${DEFAULT-VALUE}).")
    private int messages;

    @Option(names = "--readers", defaultValue = "1", description = "Concurrent requests (${DEFAULT-VALUE}).")
    private int readers;

    private final Map<String, NumberedConversation> byId = new HashMap<>();

    @Override
    Map<String, Object> settings() {
        return Map.of("conversations", conversations, "messages", messages, "readers", readers);
    }

    @Override
    void play() throws IOException, InterruptedException {
        List<UserAccount> accounts = run().signUp(conversations + 1);
        UserAccount owner = accounts.getLast();
        SyntheticMessages texts = new SyntheticMessages(SyntheticMessages.USUAL_CHARACTERS);
        List<Integer> indexes = IntStream.range(0, conversations).boxed().toList();
        for (NumberedConversation one : run().inParallel("conversations", indexes, index -> {
            UserAccount writer = accounts.get(index);
            String id = run().conversations().startDirect(writer, owner);
            NumberedConversation conversation = new NumberedConversation(index, id, writer.user(), texts);
            write(writer, conversation);
            run().conversations().awaitReadable(owner, id, NumberedConversation.position(messages));
            return conversation;
        })) {
            byId.put(one.id(), one);
        }
        var inbox = new ClosedLoopReads.Read("/inbox?limit=" + conversations, this::check);
        new ClosedLoopReads(run(), owner, TEMPLATE, () -> inbox).play(readers);
    }

    private void write(UserAccount writer, NumberedConversation conversation) {
        long head = run().conversations().head(writer, conversation.id());
        for (int number = Math.toIntExact(head); number <= messages; number++) {
            Map<String, String> message =
                    Map.of("clientMessageId", conversation.messageId(number), "text", conversation.text(number));
            JsonNode ignored = writer.call(
                    token -> run().rest().post("/conversations/" + conversation.id() + "/messages", token, message));
        }
    }

    private void check(JsonNode inbox) {
        Map<String, NumberedConversation> missing = new HashMap<>(byId);
        Instant previous = Instant.MAX.minus(CONCURRENT);
        for (JsonNode item : inbox.path("conversations")) {
            String id = item.path("id").asString();
            NumberedConversation conversation = missing.remove(id);
            if (conversation == null) {
                violation(id + " is there twice, or should not be");
            } else if (!isRight(item, conversation)) {
                violation(id + " is there as " + item);
            }
            Instant at = Instant.parse(item.path("last").path("at").asString());
            if (at.isAfter(previous.plus(CONCURRENT))) {
                violation(id + " is newer than the one before it");
            }
            previous = at;
        }
        missing.keySet().forEach(id -> violation(id + " is not there"));
    }

    private boolean isRight(JsonNode item, NumberedConversation conversation) {
        return item.path("kind").asString().equals("direct")
                && item.path("with").asString().equals(conversation.writer())
                && item.path("head").asLong() == NumberedConversation.position(messages)
                && item.path("unread").asLong() == messages
                && item.path("last").path("text").asString().equals(conversation.text(messages));
    }

    private void violation(String what) {
        run().violations().add(Violations.Kind.INBOX_DIFFERS, what);
    }
}
