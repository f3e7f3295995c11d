package chat.parley.load.replay;

import chat.parley.load.check.Violations;
import chat.parley.load.metrics.ClientMetrics;
import chat.parley.load.metrics.Percentiles;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a replay came to, for people and as JSON. */
record ReplayReport(
        boolean passed,
        ReplaySettingsView settings,
        Map<String, Long> counts,
        ReplayPlan.Deviations plan,
        Times seconds,
        Map<String, Double> ratesPerSecond,
        Map<String, Percentiles> latencyMillis,
        Map<String, Long> errorCodes,
        Map<String, Long> closes,
        Map<String, Violations.Finding> findings) {

    record Times(double assembling, double playing, double settling) {}

    record ReplaySettingsView(
            String run,
            int maxMembers,
            int window,
            int parallelBlocks,
            boolean ordered,
            double chaosRate,
            long seed,
            String java,
            int processors) {}

    static ReplayReport of(
            ReplaySettings settings,
            List<GroupReplay> runs,
            int people,
            long entries,
            long rightlyReceived,
            ClientMetrics metrics,
            Violations findings,
            Times times) {
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("people", (long) people);
        counts.put("groups", (long) runs.size());
        counts.put(
                "messages",
                runs.stream().mapToLong(run -> run.plan().messages()).sum());
        counts.put("acked", metrics.acked.sum());
        counts.put("sentAgain", metrics.resent.sum());
        counts.put("refused", metrics.refused.sum());
        counts.put("entriesInHistory", entries);
        counts.put("received", rightlyReceived);
        counts.put("receivedLive", metrics.liveDeliveries.sum());
        counts.put("receivedInBacklogs", metrics.backlogDeliveries.sum());
        counts.put("lost", findings.count(Violations.Kind.LOST));
        counts.put("doubled", findings.count(Violations.Kind.DOUBLED));
        counts.put("outOfOrder", findings.count(Violations.Kind.OUT_OF_ORDER));
        counts.put("connections", metrics.connected.sum());
        counts.put("connectionFailures", metrics.connectionFailures.sum());
        counts.put("resumed", metrics.resumed.sum());
        counts.put("resyncs", metrics.resyncs.sum());
        counts.put("chaosCuts", metrics.chaosCuts.sum());
        counts.put("tokensRenewed", metrics.tokensRenewed.sum());
        counts.put("restRetries", metrics.restRetries());

        Map<String, Double> rates = new LinkedHashMap<>();
        rates.put("messages", metrics.acked.sum() / times.playing());
        rates.put("deliveries", rightlyReceived / times.playing());

        Map<String, Percentiles> latencies = new LinkedHashMap<>();
        latencies.put("sendToAck", Percentiles.of(metrics.ack()));
        latencies.put("sendToDeliver", Percentiles.of(metrics.live()));
        latencies.put("sendToDeliverInBacklog", Percentiles.of(metrics.backlog()));

        return new ReplayReport(
                findings.isEmpty(),
                new ReplaySettingsView(
                        settings.run(),
                        settings.maxMembers(),
                        settings.window(),
                        settings.parallelBlocks(),
                        settings.ordered(),
                        settings.chaosRate(),
                        settings.seed(),
                        Runtime.version().toString(),
                        Runtime.getRuntime().availableProcessors()),
                counts,
                runs.stream()
                        .map(run -> run.plan().deviations())
                        .reduce(ReplayPlan.Deviations.NOTHING, ReplayPlan.Deviations::plus),
                times,
                rates,
                latencies,
                metrics.codes(),
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
