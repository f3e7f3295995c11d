package chat.parley.load.replay;

import chat.parley.load.check.Findings;
import chat.parley.load.metrics.Meters;
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
        BlockPlan.Tally plan,
        Times seconds,
        Map<String, Double> ratesPerSecond,
        Map<String, Percentiles> latencyMillis,
        Map<String, Long> errorCodes,
        Map<String, Long> closes,
        Map<String, Findings.Finding> findings) {

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
            List<BlockRun> runs,
            int people,
            long entries,
            long rightlyReceived,
            Meters meters,
            Findings findings,
            Times times) {
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("people", (long) people);
        counts.put("groups", (long) runs.size());
        counts.put(
                "messages",
                runs.stream().mapToLong(run -> run.plan().messages()).sum());
        counts.put("acked", meters.acked.sum());
        counts.put("sentAgain", meters.resent.sum());
        counts.put("refused", meters.refused.sum());
        counts.put("entriesInHistory", entries);
        counts.put("received", rightlyReceived);
        counts.put("receivedLive", meters.liveDeliveries.sum());
        counts.put("receivedInBacklogs", meters.backlogDeliveries.sum());
        counts.put("lost", findings.count(Findings.Kind.LOST));
        counts.put("doubled", findings.count(Findings.Kind.DOUBLED));
        counts.put("outOfOrder", findings.count(Findings.Kind.OUT_OF_ORDER));
        counts.put("connections", meters.connected.sum());
        counts.put("connectionFailures", meters.connectionFailures.sum());
        counts.put("resumed", meters.resumed.sum());
        counts.put("resyncs", meters.resyncs.sum());
        counts.put("chaosCuts", meters.chaosCuts.sum());
        counts.put("tokensRenewed", meters.tokensRenewed.sum());
        counts.put("restRetries", meters.restRetries());

        Map<String, Double> rates = new LinkedHashMap<>();
        rates.put("messages", meters.acked.sum() / times.playing());
        rates.put("deliveries", rightlyReceived / times.playing());

        Map<String, Percentiles> latencies = new LinkedHashMap<>();
        latencies.put("sendToAck", Percentiles.of(meters.ack()));
        latencies.put("sendToDeliver", Percentiles.of(meters.live()));
        latencies.put("sendToDeliverInBacklog", Percentiles.of(meters.backlog()));

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
                runs.stream().map(run -> run.plan().tally()).reduce(BlockPlan.Tally.NOTHING, BlockPlan.Tally::plus),
                times,
                rates,
                latencies,
                meters.codes(),
                meters.closes(),
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
