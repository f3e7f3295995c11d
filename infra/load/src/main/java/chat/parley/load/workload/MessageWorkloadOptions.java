package chat.parley.load.workload;

import io.netty.channel.EventLoop;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** The load of messages. */
public final class MessageWorkloadOptions {
    private static final int FILLING_IN_FLIGHT = 32;

    @Option(
            names = "--rate",
            paramLabel = "MESSAGES",
            defaultValue = "1000",
            description = "Open loop: messages a second in all, each timed from when it was due (${DEFAULT-VALUE}).")
    double messagesPerSecond;

    @Option(names = "--closed", description = "Closed loop instead: as fast as --in-flight allows.")
    boolean closed;

    @Option(
            names = "--in-flight",
            defaultValue = "1",
            description = "Closed loop: messages in flight in each conversation; a message is in flight until it is"
                    + " acknowledged and every member has it (${DEFAULT-VALUE}).")
    int inFlight;

    @Option(
            names = "--in-flight-total",
            defaultValue = "0",
            description = "Closed loop: messages in flight in all instead, in one conversation after the other.")
    int inFlightTotal;

    @Option(names = "--size", defaultValue = "200", description = "Characters of a message (${DEFAULT-VALUE}).")
    int characters = SyntheticMessages.USUAL_CHARACTERS;

    @Option(
            names = "--length",
            paramLabel = "MESSAGES",
            defaultValue = "0",
            description = "Messages sent in each conversation before the measured load (${DEFAULT-VALUE}).")
    int length;

    public static MessageWorkloadOptions openLoop(double messagesPerSecond) {
        MessageWorkloadOptions options = new MessageWorkloadOptions();
        options.messagesPerSecond = messagesPerSecond;
        return options;
    }

    LoadModel filling(List<ConversationDriver> conversations) {
        return new ClosedLoop(conversations, FILLING_IN_FLIGHT, length);
    }

    LoadModel loadModel(EventLoop loop, List<ConversationDriver> conversations) {
        if (!closed) {
            return new OpenLoop(loop, conversations, messagesPerSecond);
        }
        return inFlightTotal > 0
                ? new RoundRobinClosedLoop(conversations, inFlightTotal)
                : new ClosedLoop(conversations, inFlight);
    }

    /** For the report. */
    public Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>();
        settings.put("loop", closed ? "closed" : "open");
        if (!closed) {
            settings.put("messagesPerSecond", messagesPerSecond);
        } else if (inFlightTotal > 0) {
            settings.put("inFlightTotal", inFlightTotal);
        } else {
            settings.put("inFlight", inFlight);
        }
        settings.put("characters", characters);
        settings.put("length", length);
        return settings;
    }
}
