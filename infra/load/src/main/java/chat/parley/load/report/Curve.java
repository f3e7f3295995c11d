package chat.parley.load.report;

import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * How rate and cost change as one thing grows; the runs are called {@code curve-<name>-<x>}.
 *
 * @param grows   what does, in words
 * @param reading whether it is flat, and why where it is not: by a person, who looks again when the runs were made again
 */
record Curve(String name, String grows, Column rate, Column cost, String reading) {
    private static final Column MESSAGES = new Column("messages a second", "messagesPerSecond");
    private static final Column PER_MESSAGE = new Column("server CPU a message, µs", "serverCpuMicrosPerMessage");
    private static final Column DELIVERIES = new Column("deliveries a second", "deliveriesPerSecond");
    private static final Column PER_DELIVERY = new Column("server CPU a delivery, µs", "serverCpuMicrosPerDelivery");

    static final List<Curve> ALL = List.of(
            new Curve(
                    "conversations",
                    "conversations",
                    MESSAGES,
                    PER_MESSAGE,
                    "Rises up to 1,000, and without a cliff: the read side writes a conversation and its newest page once per"
                            + " batch, so the same messages in more conversations are more writes. Where very many speak all"
                            + " the time it falls behind, and what it has still to do at the end is not in the cost."),
            new Curve(
                    "length",
                    "entries in the conversation",
                    MESSAGES,
                    PER_MESSAGE,
                    "Flat within what the machine's noise does: a million entries cost no more than one."),
            new Curve(
                    "group-size",
                    "members of a group",
                    DELIVERIES,
                    PER_DELIVERY,
                    "Falls: what a message costs by itself, some 150 µs here, is shared by its deliveries, each of which"
                            + " adds some 8 µs. Of the largest groups there are two, and so two messages in flight; whether"
                            + " that is why a delivery costs more there was not looked into."),
            new Curve("sessions", "sessions", MESSAGES, PER_MESSAGE, "Flat within what the machine's noise does."),
            new Curve("events", "events in the store", MESSAGES, PER_MESSAGE, "Flat."));

    record Column(String title, String figure) {
        String text(ScenarioReport report) {
            Double value = report.figures().get(figure);
            return value == null ? "" : NumberFormat.text(value);
        }
    }

    NavigableMap<Long, ScenarioReport> points(ScenarioReports reports) {
        String prefix = "curve-" + name + "-";
        NavigableMap<Long, ScenarioReport> points = new TreeMap<>();
        reports.byName().forEach((report, point) -> {
            if (report.startsWith(prefix)) {
                points.put(Long.valueOf(report.substring(prefix.length())), point);
            }
        });
        return points;
    }
}
