package chat.parley.load.scenario;

import chat.parley.load.client.Await;
import chat.parley.load.client.ChatClient;
import chat.parley.load.client.ConversationHistory;
import chat.parley.load.client.UserAccount;
import chat.parley.load.harness.ProgressBar;
import chat.parley.load.harness.ScenarioRun;
import chat.parley.load.metrics.ClientMetrics.Counter;
import chat.parley.load.workload.ClosedLoopReads;
import chat.parley.load.workload.NumberedConversation;
import chat.parley.load.workload.PipelinedSender;
import chat.parley.load.workload.SyntheticMessages;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** The direct conversation of the first two accounts of a run; a later run of the same name finds it again. */
final class LongConversation {
    private final ScenarioRun run;
    private final UserAccount writer;
    private final UserAccount reader;
    private final NumberedConversation conversation;

    private LongConversation(
            ScenarioRun run, UserAccount writer, UserAccount reader, NumberedConversation conversation) {
        this.run = run;
        this.writer = writer;
        this.reader = reader;
        this.conversation = conversation;
    }

    static LongConversation open(ScenarioRun run) throws InterruptedException {
        List<UserAccount> accounts = run.signUp(2);
        UserAccount writer = accounts.getFirst();
        UserAccount reader = accounts.getLast();
        String id = run.conversations().startDirect(writer, reader);
        SyntheticMessages texts = new SyntheticMessages(SyntheticMessages.USUAL_CHARACTERS);
        return new LongConversation(run, writer, reader, new NumberedConversation(0, id, writer.user(), texts));
    }

    UserAccount reader() {
        return reader;
    }

    /** The number of messages that can be read. */
    int messages() {
        return Math.toIntExact(run.conversations().head(reader, conversation.id()) - 1);
    }

    /** Sends the messages up to this number, in order. */
    void fill(int messages) throws InterruptedException {
        int first = messages() + 1;
        long count = messages - first + 1L;
        ChatClient client = ChatClient.connected(writer, run.network());
        PipelinedSender sender = new PipelinedSender(client, run.violations(), run.patience());
        long ackedBefore = run.metrics().sum(Counter.ACKED);
        long startedNanos = System.nanoTime();
        try (ProgressBar _ = run.progress("filling", count, () -> run.metrics().sum(Counter.ACKED) - ackedBefore)) {
            sender.send(conversation, first, messages);
            sender.awaitAcks();
        }
        double seconds = (System.nanoTime() - startedNanos) / (double) TimeUnit.SECONDS.toNanos(1);
        run.figure("filledMessagesPerSecond", count / seconds);
        Await.result(client.close());
        run.conversations().awaitReadable(reader, conversation.id(), NumberedConversation.position(messages));
    }

    /** A read of the entries that follow a position. */
    ClosedLoopReads.Read page(long after, int size) {
        String path = "/conversations/" + conversation.id() + "/entries?after=" + after + "&limit=" + size;
        return new ClosedLoopReads.Read(path, answer -> check(answer, after, size));
    }

    private void check(JsonNode answer, long after, int size) {
        ConversationHistory page = new ConversationHistory(conversation.id());
        answer.path("entries").forEach(page::add);
        conversation.check(page.entries(), after + 1, size, run.violations());
    }
}
