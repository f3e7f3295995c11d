package chat.parley.load.capacity;

import chat.parley.load.report.NumberFormat;
import chat.parley.load.report.SourcedValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A page about what demands need, with everything that it was reckoned from. */
final class CapacityPage {
    private static final double BYTES_PER_GB = 1e9;
    private static final double PERCENT = 100;

    private final List<UsageProfile> demands;
    private final NodeSize instance;
    private final Map<UnitCost, SourcedValue> costs;
    private final List<CapacityPlan> capacities;
    private final List<String> lines = new ArrayList<>();

    CapacityPage(List<UsageProfile> demands, NodeSize instance, Map<UnitCost, SourcedValue> costs) {
        this.demands = demands;
        this.instance = instance;
        this.costs = costs;
        this.capacities = demands.stream()
                .map(demand -> new CapacityPlan(demand, instance, costs))
                .toList();
    }

    /** Markdown. */
    List<String> lines() {
        lines.add("# Capacity");
        lines.add("");
        lines.add("Written by `parley-load capacity`, not by hand; its options take other inputs. A cost marked"
                + " **assumed** has not been measured, and what is reckoned from it is no better than that.");
        inputs();
        costs();
        needs();
        for (int i = 0; i < demands.size(); i++) {
            walls(demands.get(i), capacities.get(i));
        }
        return lines;
    }

    private void inputs() {
        heading("Inputs");
        row("", demands.stream().map(UsageProfile::name).toList());
        row("---", demands.stream().map(_ -> "---:").toList());
        for (String input : demands.getFirst().inputs().keySet()) {
            row(
                    input,
                    demands.stream()
                            .map(demand -> NumberFormat.text(demand.inputs().getOrDefault(input, 0.0)))
                            .toList());
        }
        lines.add("");
        lines.add("Each node: " + instance.text());
    }

    private void costs() {
        heading("What one costs");
        row("", List.of("cost", "", "from"));
        row("---", List.of("---:", "---", "---"));
        costs.forEach((cost, figure) -> row(
                cost.label(),
                List.of(
                        NumberFormat.text(figure.value()) + " " + cost.unit(),
                        figure.measured() ? "measured" : "**assumed**",
                        figure.source())));
    }

    private void needs() {
        heading("What the peak needs");
        List<String> title = new ArrayList<>(List.of("formula"));
        demands.forEach(demand -> title.add(demand.name()));
        row("", title);
        List<String> rule = new ArrayList<>(List.of("---"));
        demands.forEach(_ -> rule.add("---:"));
        row("---", rule);
        List<CapacityPlan.Line> first = capacities.getFirst().lines();
        for (int i = 0; i < first.size(); i++) {
            CapacityPlan.Line line = first.get(i);
            List<String> cells = new ArrayList<>(List.of(line.formula()));
            for (CapacityPlan capacity : capacities) {
                cells.add(text(capacity.lines().get(i)));
            }
            row(line.quantity(), cells);
        }
    }

    private static String text(CapacityPlan.Line line) {
        if (!Double.isFinite(line.value())) {
            return "no number";
        }
        boolean large = line.unit().startsWith("B") && line.value() >= BYTES_PER_GB;
        return (NumberFormat.text(large ? line.value() / BYTES_PER_GB : line.value()) + " " + (large ? "G" : "")
                        + line.unit())
                .strip();
    }

    private void walls(UsageProfile demand, CapacityPlan capacity) {
        heading("What stands in the way: " + demand.name());
        double peak = capacity.value(CapacityPlan.PEAK);
        CapacityPlan.Wall lowest = capacity.walls().getFirst();
        lines.add("First: **" + lowest.what() + "**, "
                + (lowest.messagesPerSecond() < peak ? "before the peak is reached." : "beyond this peak.") + " "
                + "What moves it: " + lowest.remedy() + ".");
        lines.add("");
        row("what more nodes do not move", List.of("formula", "messages each second", "of the peak", "costs"));
        row("---", List.of("---", "---:", "---:", "---"));
        for (CapacityPlan.Wall wall : capacity.walls()) {
            row(
                    wall.what(),
                    List.of(
                            wall.formula(),
                            NumberFormat.text(wall.messagesPerSecond()),
                            NumberFormat.text(PERCENT * wall.messagesPerSecond() / peak) + " %",
                            wall.measured() ? "measured" : "**assumed**"));
        }
    }

    private void heading(String text) {
        lines.add("");
        lines.add("## " + text);
        lines.add("");
    }

    private void row(String first, List<String> cells) {
        lines.add("| " + first + " | " + String.join(" | ", cells) + " |");
    }
}
