package chat.parley.load.report;

import static chat.parley.load.report.Target.Bound.atLeast;
import static chat.parley.load.report.Target.Bound.atMost;

import chat.parley.load.metrics.Percentiles;
import java.util.List;

/** What Parley wants to be measured by; what ejabberd 23.01 did on two such cores stands beside it. */
final class Targets {
    static final List<Target> ALL = List.of(
            Target.figure(
                    "1:1, 100 pairs × 4 in flight, durable: messages a second",
                    "pairs-100x4",
                    "messagesPerSecond",
                    atLeast(7_500, 12_000, ""),
                    "2,400 durable; 21,000 with no archive"),
            Target.figure(
                    "same: server CPU a message, all processes",
                    "pairs-100x4",
                    "serverCpuMicrosPerMessage",
                    atMost(180, 100, " µs"),
                    "~700 µs durable; 71–82 µs with no archive"),
            Target.latency(
                    "same: send to deliver, p99",
                    "pairs-100x4",
                    "sendToDeliver",
                    Percentiles::p99,
                    atMost(100, 40, " ms"),
                    "353 ms"),
            Target.latency(
                    "1:1, 20 pairs × 1 in flight: send to deliver, p50",
                    "pairs-20x1",
                    "sendToDeliver",
                    Percentiles::p50,
                    atMost(5, 2, " ms"),
                    "8 ms"),
            Target.latency("same: p99", "pairs-20x1", "sendToDeliver", Percentiles::p99, atMost(20, 8, " ms"), "23 ms"),
            Target.figure(
                    "10 groups × 100 members, 1 in flight each: deliveries a second",
                    "groups-10x100",
                    "deliveriesPerSecond",
                    atLeast(60_000, 100_000, ""),
                    "27,000"),
            Target.figure(
                    "same: server CPU a delivery",
                    "groups-10x100",
                    "serverCpuMicrosPerDelivery",
                    atMost(15, 8, " µs"),
                    "52 µs"),
            Target.figure(
                    "15,000 idle sessions with heartbeats: live heap a session",
                    "idle-15000",
                    "liveHeapBytesPerSession",
                    atMost(6_000, 4_000, " B"),
                    "31 KB (RSS, at 1,000)"),
            Target.figure("same: RSS a session", "idle-15000", "rssBytesPerSession", atMost(10_000, 7_000, " B"), ""),
            Target.figure("same: CPU, of a core", "idle-15000", "serverCpuPercentOfACore", atMost(20, 8, " %"), ""),
            Target.share(
                    "1,000,000 conversations, 1 % of them active: messages a second against 1,000 conversations",
                    "pairs-1m-conversations", "pairs-1k-conversations", "messagesPerSecond", atLeast(70, 95, " %")),
            Target.figure(
                    "15,000 sessions reconnect at once: until all are caught up",
                    "reconnect-storm-15000",
                    "secondsUntilAllCaughtUp",
                    atMost(20, 8, " s"),
                    ""),
            Target.latency(
                    "inbox of 200 conversations: server time, p50",
                    "inbox-200",
                    "serverTime",
                    Percentiles::p50,
                    atMost(5, 1, " ms"),
                    ""),
            Target.latency(
                    "history, page of 50 in a conversation of 1M entries: server time, p50",
                    "history-1m",
                    "serverTime",
                    Percentiles::p50,
                    atMost(5, 1, " ms"),
                    ""),
            Target.latency(
                    "device away for 10,000 entries in 50 conversations: until caught up, p50",
                    "away-10000",
                    "dialToCaughtUp",
                    Percentiles::p50,
                    atMost(1_000, 300, " ms"),
                    ""),
            Target.figure(
                    "read-model rebuild: events a second",
                    "rebuild",
                    "eventsPerSecond",
                    atLeast(10_000, 40_000, ""),
                    ""),
            Target.loss(
                    "search on: loss of 1:1 rate while indexing",
                    "pairs-search-on",
                    "pairs-search-off",
                    "messagesPerSecond",
                    atMost(30, 15, " %")),
            Target.figure(
                    "same: index lag after a burst of 60 s", "index-lag", "indexLagSeconds", atMost(60, 20, " s"), ""),
            Target.benchmark(
                    "a push node that has none of the members: a foreign event, as Axon Server sends it",
                    Measurements.FOREIGN_MESSAGE,
                    atMost(5, 1, " µs")));

    private Targets() {}
}
