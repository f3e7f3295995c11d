package chat.parley.load.capacity;

import chat.parley.load.report.Measurements;
import chat.parley.load.report.SourcedValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "capacity",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Reckons what a demand needs, from what was measured; what was not is assumed and says so."
                + " Without --daily-users, for the two demands of the literature.")
public final class CapacityCommand implements Callable<Integer> {
    @Option(names = "--reports", paramLabel = "DIR", description = "Of scenarios, as --report wrote them.")
    private @Nullable Path reports;

    @Option(names = "--jmh", paramLabel = "FILE", description = "What the benchmarks wrote.")
    private @Nullable Path jmh;

    @Option(names = "--page", paramLabel = "FILE", description = "Writes the page there instead of printing it.")
    private @Nullable Path page;

    @Option(names = "--daily-users", description = "Of a demand of your own.")
    private @Nullable Double dailyUsers;

    @Option(names = "--messages", defaultValue = "40", description = "Per user and day (${DEFAULT-VALUE}).")
    private double messages;

    @Option(names = "--peak-factor", defaultValue = "3", description = "Against the mean (${DEFAULT-VALUE}).")
    private double peakFactor;

    @Option(names = "--members", defaultValue = "4", description = "Of a message's conversation (${DEFAULT-VALUE}).")
    private double members;

    @Option(names = "--devices", defaultValue = "1.3", description = "Per user online (${DEFAULT-VALUE}).")
    private double devices;

    @Option(names = "--online-share", defaultValue = "0.2", description = "At the peak (${DEFAULT-VALUE}).")
    private double onlineShare;

    @Option(names = "--text-bytes", defaultValue = "200", description = "Of a message (${DEFAULT-VALUE}).")
    private double textBytes;

    @Option(names = "--read-marks", defaultValue = "0.5", description = "Per message (${DEFAULT-VALUE}).")
    private double readMarks;

    @Option(names = "--reads", defaultValue = "20", description = "Per user and day (${DEFAULT-VALUE}).")
    private double reads;

    @Option(names = "--retention-days", defaultValue = "365", description = "${DEFAULT-VALUE}.")
    private double retentionDays;

    @Option(names = "--cores", defaultValue = "16", description = "Of a node (${DEFAULT-VALUE}).")
    private double cores;

    @Option(names = "--memory-gib", defaultValue = "64", description = "Of a node (${DEFAULT-VALUE}).")
    private double memoryGib;

    @Option(names = "--gigabits", defaultValue = "10", description = "Of a node's network (${DEFAULT-VALUE}).")
    private double gigabits;

    @Option(names = "--disk-tib", defaultValue = "8", description = "Of a node (${DEFAULT-VALUE}).")
    private double diskTib;

    @Option(names = "--usable", defaultValue = "0.6", description = "Share in use at the peak (${DEFAULT-VALUE}).")
    private double usable;

    @Option(names = "--spare", defaultValue = "1", description = "Nodes of each role (${DEFAULT-VALUE}).")
    private int spare;

    @Override
    public Integer call() throws IOException {
        Measurements runs = Measurements.read(reports, jmh);
        Map<UnitCost, SourcedValue> costs = new EnumMap<>(UnitCost.class);
        for (UnitCost cost : UnitCost.values()) {
            costs.put(cost, cost.in(runs));
        }
        NodeSize instance = new NodeSize(cores, memoryGib, gigabits, diskTib, usable, spare);
        List<String> lines = new CapacityPage(demands(), instance, costs).lines();
        if (page == null) {
            lines.forEach(System.out::println);
        } else {
            Files.write(page, lines);
        }
        return 0;
    }

    private List<UsageProfile> demands() {
        return dailyUsers == null
                ? List.of(demand("50 million daily users", 50e6), demand("60 billion messages a day", 60e9 / messages))
                : List.of(demand("yours", dailyUsers));
    }

    private UsageProfile demand(String name, double users) {
        return new UsageProfile(
                name,
                users,
                messages,
                peakFactor,
                members,
                devices,
                onlineShare,
                textBytes,
                readMarks,
                reads,
                retentionDays);
    }
}
