package chat.parley.load.scenario;

import chat.parley.load.client.RunAbortedException;
import chat.parley.load.workload.ClosedLoopReads;
import chat.parley.load.workload.NumberedConversation;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Reads of pages at random positions of one long conversation. */
@Command(
        name = "history",
        description = "Reads pages at random positions of one long conversation and checks what they contain.")
final class HistoryScenario extends Scenario {
    private static final String TEMPLATE = "/api/v1/conversations/{conversation}/entries";

    @Option(names = "--messages", defaultValue = "1000000", description = "In the conversation (${DEFAULT-VALUE}).")
    private int messages;

    @Option(names = "--fill", description = "Sends the messages that the conversation lacks, in order.")
    private boolean fill;

    @Option(names = "--page", defaultValue = "50", description = "Entries of a page (${DEFAULT-VALUE}).")
    private int pageSize;

    @Option(names = "--readers", defaultValue = "1", description = "Concurrent requests (${DEFAULT-VALUE}).")
    private int readers;

    @Override
    Map<String, Object> settings() {
        return Map.of("messages", messages, "page", pageSize, "readers", readers);
    }

    @Override
    void play() throws IOException, InterruptedException {
        LongConversation conversation = LongConversation.open(run());
        int present = conversation.messages();
        if (present < messages && !fill) {
            throw new RunAbortedException(
                    "The conversation has " + present + " messages; --fill sends those that it lacks", null);
        }
        if (present < messages) {
            conversation.fill(messages);
        }
        long positions = NumberedConversation.position(messages) - pageSize + 1;
        new ClosedLoopReads(
                        run(),
                        conversation.reader(),
                        TEMPLATE,
                        () -> conversation.page(ThreadLocalRandom.current().nextLong(positions), pageSize))
                .play(readers);
    }
}
