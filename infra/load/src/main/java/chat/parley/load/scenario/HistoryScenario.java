package chat.parley.load.scenario;

import chat.parley.load.client.RunAbortedException;
import chat.parley.load.harness.ScenarioRun;
import chat.parley.load.workload.ClosedLoopReads;
import chat.parley.load.workload.NumberedConversation;
import java.io.IOException;
import java.util.concurrent.ThreadLocalRandom;

/** Pages at random places of one long conversation. */
final class HistoryScenario {
    private static final String TEMPLATE = "/api/v1/conversations/{conversation}/entries";

    private final ScenarioRun bench;
    private final int messages;
    private final int pageSize;

    HistoryScenario(ScenarioRun bench, int messages, int pageSize) {
        this.bench = bench;
        this.messages = messages;
        this.pageSize = pageSize;
    }

    void play(boolean fill, int readers) throws IOException, InterruptedException {
        LongConversation conversation = LongConversation.of(bench);
        int there = conversation.messages();
        if (there < messages && !fill) {
            throw new RunAbortedException(
                    "There are " + there + " messages, and they are to be filled up with --fill", null);
        }
        if (there < messages) {
            conversation.fill(messages);
        }
        long places = NumberedConversation.position(messages) - pageSize + 1;
        new ClosedLoopReads(
                        bench,
                        conversation.reader(),
                        TEMPLATE,
                        () -> conversation.page(ThreadLocalRandom.current().nextLong(places), pageSize))
                .play(readers);
    }
}
