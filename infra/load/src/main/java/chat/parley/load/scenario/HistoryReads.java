package chat.parley.load.scenario;

import chat.parley.load.client.GaveUp;
import chat.parley.load.harness.Bench;
import chat.parley.load.workload.NumberedConversation;
import chat.parley.load.workload.Reads;
import java.io.IOException;
import java.util.concurrent.ThreadLocalRandom;

/** Pages at random places of one long conversation. */
final class HistoryReads {
    private static final String TEMPLATE = "/api/v1/conversations/{conversation}/entries";

    private final Bench bench;
    private final int messages;
    private final int pageSize;

    HistoryReads(Bench bench, int messages, int pageSize) {
        this.bench = bench;
        this.messages = messages;
        this.pageSize = pageSize;
    }

    void play(boolean fill, int readers) throws IOException, InterruptedException {
        LongConversation conversation = LongConversation.of(bench);
        int there = conversation.messages();
        if (there < messages && !fill) {
            throw new GaveUp("There are " + there + " messages, and they are to be filled up with --fill", null);
        }
        if (there < messages) {
            conversation.fill(messages);
        }
        long places = NumberedConversation.position(messages) - pageSize + 1;
        new Reads(
                        bench,
                        conversation.reader(),
                        TEMPLATE,
                        () -> conversation.page(ThreadLocalRandom.current().nextLong(places), pageSize))
                .play(readers);
    }
}
