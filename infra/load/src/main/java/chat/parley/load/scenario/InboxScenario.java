package chat.parley.load.scenario;

import chat.parley.load.check.Violations;
import chat.parley.load.client.ConversationApi;
import chat.parley.load.client.UserAccount;
import chat.parley.load.harness.ScenarioRun;
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
import tools.jackson.databind.JsonNode;

/** One inbox of many conversations, each with somebody else who has said something, read as a whole. */
final class InboxScenario {
    private static final String TEMPLATE = "/api/v1/inbox";

    /** Of what is written at once, the order of the log and that of the clock may differ. */
    private static final Duration AT_ONCE = Duration.ofSeconds(1);

    private final ScenarioRun bench;
    private final int conversations;
    private final int messages;
    private final ConversationApi groups;
    private final Map<String, NumberedConversation> byId = new HashMap<>();

    /** @param messages unread in each of them */
    InboxScenario(ScenarioRun bench, int conversations, int messages) {
        this.bench = bench;
        this.conversations = conversations;
        this.messages = messages;
        groups = new ConversationApi(bench.rest(), bench.patience());
    }

    void play(int readers) throws IOException, InterruptedException {
        List<UserAccount> people = bench.signUp(conversations + 1);
        UserAccount owner = people.getLast();
        SyntheticMessages script = new SyntheticMessages(SyntheticMessages.USUAL_CHARACTERS);
        List<Integer> partners = IntStream.range(0, conversations).boxed().toList();
        for (NumberedConversation one : bench.each("conversations", partners, partner -> {
            UserAccount writer = people.get(partner);
            String id = groups.direct(writer, owner);
            NumberedConversation conversation = new NumberedConversation(partner, id, writer.user(), script);
            say(writer, conversation);
            groups.awaitReadable(owner, id, NumberedConversation.position(messages));
            return conversation;
        })) {
            byId.put(one.id(), one);
        }
        ClosedLoopReads.Question inbox = new ClosedLoopReads.Question("/inbox?limit=" + conversations, this::check);
        new ClosedLoopReads(bench, owner, TEMPLATE, () -> inbox).play(readers);
    }

    private void say(UserAccount writer, NumberedConversation conversation) {
        for (int number = Math.toIntExact(groups.head(writer, conversation.id())); number <= messages; number++) {
            Map<String, String> message = Map.of(
                    "clientMessageId",
                    conversation.script().id(conversation.index(), number),
                    "text",
                    conversation.text(number));
            JsonNode ignored = writer.call(
                    token -> bench.rest().post("/conversations/" + conversation.id() + "/messages", token, message));
        }
    }

    private void check(JsonNode inbox) {
        Map<String, NumberedConversation> missing = new HashMap<>(byId);
        Instant before = Instant.MAX.minus(AT_ONCE);
        for (JsonNode item : inbox.path("conversations")) {
            String id = item.path("id").asString();
            NumberedConversation conversation = missing.remove(id);
            if (conversation == null) {
                differs(id + " is there twice, or should not be");
            } else if (!isRight(item, conversation)) {
                differs(id + " is there as " + item);
            }
            Instant at = Instant.parse(item.path("last").path("at").asString());
            if (at.isAfter(before.plus(AT_ONCE))) {
                differs(id + " is newer than the one before it");
            }
            before = at;
        }
        missing.keySet().forEach(id -> differs(id + " is not there"));
    }

    private boolean isRight(JsonNode item, NumberedConversation conversation) {
        return item.path("kind").asString().equals("direct")
                && item.path("with").asString().equals(conversation.writer())
                && item.path("head").asLong() == NumberedConversation.position(messages)
                && item.path("unread").asLong() == messages
                && item.path("last").path("text").asString().equals(conversation.text(messages));
    }

    private void differs(String how) {
        bench.violations().add(Violations.Kind.INBOX_DIFFERS, how);
    }
}
