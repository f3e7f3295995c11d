package chat.parley.load.replay;

import chat.parley.load.check.Violations;
import chat.parley.load.metrics.ClientMetrics;
import chat.parley.load.metrics.ClientMetrics.Counter;
import chat.parley.load.metrics.Percentiles;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The report of a replay, as text and as JSON. */
record ReplayReport(
        boolean passed,
        Map<String, Object> settings,
        Map<String, Long> counts,
        ReplayPlan.Deviations plan,
        Times seconds,
        Map<String, Double> ratesPerSecond,
        Map<String, Percentiles> latencyMillis,
        Map<String, Long> errorCodes,
        Map<String, Long> closes,
        Map<String, Violations.Violation> findings) {

    record Times(double assembling, double playing, double settling) {}

    static ReplayReport of(
            ReplaySettings settings,
            List<GroupReplay> groups,
            int people,
            long entries,
            long received,
            ClientMetrics metrics,
            Violations findings,
            Times times) {
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("people", (long) people);
        counts.put("groups", (long) groups.size());
        counts.put(
                "messages",
                groups.stream().mapToLong(group -> group.plan().messages()).sum());
        counts.put("acked", metrics.sum(Counter.ACKED));
        counts.put("sentAgain", metrics.sum(Counter.RESENT));
        counts.put("refused", metrics.sum(Counter.REFUSED));
        counts.put("entriesInHistory", entries);
        counts.put("received", received);
        counts.put("receivedLive", metrics.sum(Counter.LIVE_DELIVERIES));
        counts.put("receivedInBacklogs", metrics.sum(Counter.BACKLOG_DELIVERIES));
        counts.put("lost", findings.count(Violations.Kind.LOST));
        counts.put("doubled", findings.count(Violations.Kind.DOUBLED));
        counts.put("outOfOrder", findings.count(Violations.Kind.OUT_OF_ORDER));
        counts.put("connections", metrics.sum(Counter.CONNECTED));
        counts.put("connectionFailures", metrics.sum(Counter.CONNECTION_FAILURES));
        counts.put("resumed", metrics.sum(Counter.RESUMED));
        counts.put("resyncs", metrics.sum(Counter.RESYNCS));
        counts.put("chaosCuts", metrics.sum(Counter.CHAOS_CUTS));
        counts.put("tokensRenewed", metrics.sum(Counter.TOKENS_RENEWED));
        counts.put("restRetries", metrics.sum(Counter.REST_RETRIES));

        Map<String, Double> rates = new LinkedHashMap<>();
        rates.put("messages", metrics.sum(Counter.ACKED) / times.playing());
        rates.put("deliveries", received / times.playing());

        Map<String, Percentiles> latencies = new LinkedHashMap<>();
        latencies.put("sendToAck", Percentiles.of(metrics.ack()));
        latencies.put("sendToDeliver", Percentiles.of(metrics.live()));
        latencies.put("sendToDeliverInBacklog", Percentiles.of(metrics.backlog()));

        return new ReplayReport(
                findings.isEmpty(),
                settings.forReport(),
                counts,
                groups.stream()
                        .map(group -> group.plan().deviations())
                        .reduce(ReplayPlan.Deviations.NOTHING, ReplayPlan.Deviations::plus),
                times,
                rates,
                latencies,
                metrics.errorCodes(),
                metrics.closes(),
                findings.byLabel());
    }

    void print(PrintStream out) {
        List<String> lines = new ArrayList<>();
        counts.forEach((name, count) -> lines.add(row(name, "%,d", count)));
        lines.add(row("seconds signing up", "%.1f", seconds.assembling));
        lines.add(row("seconds playing", "%.1f", seconds.playing));
        lines.add(row("seconds settling", "%.1f", seconds.settling));
        ratesPerSecond.forEach((name, rate) -> lines.add(row(name + " per second", "%,.0f", rate)));
        lines.add("");
        lines.addAll(Percentiles.table(latencyMillis));
        lines.add("");
        lines.add("Members who made room for good " + plan.madeRoom() + ", for a while " + plan.madeRoomAwhile()
                + "; joins that only their messages showed " + plan.impliedJoins() + "; joins left out "
                + plan.unjoined() + "; blank messages left out " + plan.blank() + "; other lines " + plan.other());
        if (!errorCodes.isEmpty()) {
            lines.add("Errors by code: " + errorCodes);
        }
        if (!closes.isEmpty()) {
            lines.add("Connections ended: " + closes);
        }
        findings.forEach((kind, finding) -> {
            lines.add(kind + ": " + finding.times() + " x " + finding.meaning());
            finding.first().forEach(where -> lines.add("    " + where));
        });
        lines.add(
                passed
                        ? "PASSED: every member saw every entry of their time exactly once and in order;"
                                + " history equals the input."
                        : "FAILED");
        lines.forEach(out::println);
    }

    private static String row(String name, String format, Object value) {
        return String.format(Locale.ROOT, "%-26s" + "%12s", name, String.format(Locale.ROOT, format, value));
    }
}
