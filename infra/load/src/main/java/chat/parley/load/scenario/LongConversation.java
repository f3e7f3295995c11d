package chat.parley.load.scenario;

import chat.parley.load.client.Await;
import chat.parley.load.client.ChatClient;
import chat.parley.load.client.ConversationApi;
import chat.parley.load.client.ConversationHistory;
import chat.parley.load.client.UserAccount;
import chat.parley.load.harness.ProgressBar;
import chat.parley.load.harness.ScenarioRun;
import chat.parley.load.workload.ClosedLoopReads;
import chat.parley.load.workload.NumberedConversation;
import chat.parley.load.workload.PipelinedSender;
import chat.parley.load.workload.SyntheticMessages;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** The conversation of the first two people of a run, of whom one talks; a later run of the same name finds it again. */
final class LongConversation {
    private final ScenarioRun bench;
    private final UserAccount writer;
    private final UserAccount reader;
    private final ConversationApi conversations;
    private final NumberedConversation conversation;

    private LongConversation(
            ScenarioRun bench,
            UserAccount writer,
            UserAccount reader,
            ConversationApi conversations,
            NumberedConversation conversation) {
        this.bench = bench;
        this.writer = writer;
        this.reader = reader;
        this.conversations = conversations;
        this.conversation = conversation;
    }

    static LongConversation of(ScenarioRun bench) throws InterruptedException {
        List<UserAccount> people = bench.signUp(2);
        UserAccount writer = people.getFirst();
        UserAccount reader = people.getLast();
        ConversationApi conversations = new ConversationApi(bench.rest(), bench.patience());
        String id = conversations.direct(writer, reader);
        SyntheticMessages script = new SyntheticMessages(SyntheticMessages.USUAL_CHARACTERS);
        return new LongConversation(
                bench, writer, reader, conversations, new NumberedConversation(0, id, writer.user(), script));
    }

    UserAccount reader() {
        return reader;
    }

    /** How many messages there are that can be read. */
    int messages() {
        return Math.toIntExact(conversations.head(reader, conversation.id()) - 1);
    }

    /** Sends one message after the other, as far as to this one. */
    void fill(int messages) throws InterruptedException {
        int first = messages() + 1;
        long count = messages - first + 1L;
        ChatClient device = new ChatClient(writer, bench.network());
        Await.result(device.start());
        PipelinedSender writing = new PipelinedSender(device, bench.violations(), bench.patience());
        long ackedBefore = bench.metrics().acked.sum();
        long began = System.nanoTime();
        try (ProgressBar _ =
                bench.progress("filling", count, () -> bench.metrics().acked.sum() - ackedBefore)) {
            writing.say(conversation, first, messages);
            writing.awaitAcks();
        }
        double seconds = (System.nanoTime() - began) / (double) TimeUnit.SECONDS.toNanos(1);
        bench.figure("filledMessagesPerSecond", count / seconds);
        Await.result(device.stop());
        conversations.awaitReadable(reader, conversation.id(), NumberedConversation.position(messages));
    }

    /** What follows a position, so many entries. */
    ClosedLoopReads.Question page(long after, int size) {
        String path = "/conversations/" + conversation.id() + "/entries?after=" + after + "&limit=" + size;
        return new ClosedLoopReads.Question(path, answer -> check(answer, after, size));
    }

    private void check(JsonNode answer, long after, int size) {
        ConversationHistory page = new ConversationHistory(conversation.id());
        answer.path("entries").forEach(page::add);
        conversation.check(page.entries(), after + 1, size, bench.violations());
    }
}
