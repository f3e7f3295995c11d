package chat.parley.load.capacity;

import chat.parley.load.report.MarkdownSection;
import chat.parley.load.report.Measurements;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "capacity",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        showDefaultValues = true,
        description = "Estimates the nodes that a number of users needs, from the measured unit costs; a cost without a"
                + " measurement is assumed and marked as such.")
public final class CapacityCommand implements Callable<Integer> {
    @Option(names = "--reports", paramLabel = "DIR", description = "the reports that --report wrote")
    private @Nullable Path reports;

    @Option(names = "--jmh", paramLabel = "FILE", description = "the results of the benchmarks")
    private @Nullable Path jmh;

    @Option(
            names = "--page",
            paramLabel = "FILE",
            description = "writes the generated section of this page instead of printing it")
    private @Nullable Path page;

    @Option(names = "--daily-users", split = ",", defaultValue = "50000000,1500000000", description = "one or several")
    private double[] dailyUsers = {};

    @Mixin
    private UsageProfile usage = new UsageProfile();

    @Mixin
    private NodeSize node = new NodeSize();

    @Override
    public Integer call() throws IOException {
        Measurements measurements = Measurements.read(reports, jmh);
        Map<UnitCost, UnitCost.Cost> costs = new EnumMap<>(UnitCost.class);
        for (UnitCost cost : UnitCost.values()) {
            costs.put(cost, cost.in(measurements));
        }
        MarkdownSection section = new CapacityPage(dailyUsers, usage, node, costs).section();
        if (page == null) {
            section.lines().forEach(System.out::println);
        } else {
            section.writeTo(page);
        }
        return 0;
    }
}
