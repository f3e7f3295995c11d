package chat.parley.load.capacity;

import chat.parley.load.report.FigureFormat;
import chat.parley.load.report.MarkdownSection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The capacity plans of several numbers of users, and everything that they are calculated from. */
final class CapacityPage {
    private static final double BYTES_PER_GB = 1e9;
    private static final double PERCENT = 100;

    private final Map<UnitCost, UnitCost.Cost> costs;
    private final UsageProfile usage;
    private final NodeSize node;
    private final List<CapacityPlan> plans;
    private final MarkdownSection page = new MarkdownSection();

    CapacityPage(double[] dailyUsers, UsageProfile usage, NodeSize node, Map<UnitCost, UnitCost.Cost> costs) {
        this.usage = usage;
        this.node = node;
        this.costs = costs;
        plans = DoubleStream.of(dailyUsers)
                .mapToObj(users -> new CapacityPlan(users, usage, node, costs))
                .toList();
    }

    MarkdownSection section() {
        inputs();
        costs();
        requirements();
        limits();
        return page;
    }

    private void inputs() {
        page.heading("Inputs");
        page.row("input", "value");
        page.row("---", "---:");
        for (Object inputs : List.of(usage, node)) {
            for (OptionSpec input : CommandSpec.forAnnotatedObject(inputs).options()) {
                double value = ((Number) input.getValue()).doubleValue();
                page.row(input.description()[0], FigureFormat.text(value));
            }
        }
    }

    private void costs() {
        page.heading("Unit costs");
        page.row("unit", "cost", "", "source");
        page.row("---", "---:", "---", "---");
        costs.forEach((unit, cost) -> page.row(
                unit.label(),
                FigureFormat.text(cost.value()) + " " + unit.unit(),
                label(cost.measured()),
                cost.source()));
    }

    private static String label(boolean measured) {
        return measured ? "measured" : "**assumed**";
    }

    private void requirements() {
        page.heading("Requirements at the peak");
        List<String> title = new ArrayList<>(List.of("quantity", "formula"));
        plans.forEach(plan -> title.add(FigureFormat.text(plan.dailyUsers()) + " daily users"));
        page.row(title);
        List<String> alignment = new ArrayList<>(List.of("---", "---"));
        plans.forEach(_ -> alignment.add("---:"));
        page.row(alignment);
        List<CapacityPlan.Quantity> first = plans.getFirst().quantities();
        for (int i = 0; i < first.size(); i++) {
            List<String> cells =
                    new ArrayList<>(List.of(first.get(i).name(), first.get(i).formula()));
            for (CapacityPlan plan : plans) {
                cells.add(text(plan.quantities().get(i)));
            }
            page.row(cells);
        }
    }

    private static String text(CapacityPlan.Quantity quantity) {
        if (!Double.isFinite(quantity.value())) {
            return "no number";
        }
        boolean large = quantity.unit().startsWith("B") && quantity.value() >= BYTES_PER_GB;
        double value = large ? quantity.value() / BYTES_PER_GB : quantity.value();
        return (FigureFormat.text(value) + " " + (large ? "G" : "") + quantity.unit()).strip();
    }

    private void limits() {
        page.heading("Limits that more nodes do not raise");
        page.row("daily users", "limit", "formula", "messages a second", "of the peak", "costs");
        page.row("---:", "---", "---", "---:", "---:", "---");
        for (CapacityPlan plan : plans) {
            for (CapacityPlan.Limit limit : plan.limits()) {
                double percent = PERCENT * limit.messagesPerSecond() / plan.value(CapacityPlan.PEAK);
                page.row(
                        FigureFormat.text(plan.dailyUsers()),
                        limit.name(),
                        limit.formula(),
                        FigureFormat.text(limit.messagesPerSecond()),
                        FigureFormat.text(percent) + " %",
                        label(limit.measured()));
            }
        }
    }
}
