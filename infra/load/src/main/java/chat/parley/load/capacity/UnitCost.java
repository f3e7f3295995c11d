package chat.parley.load.capacity;

import chat.parley.load.report.Measurements;
import chat.parley.load.report.SourcedValue;
import java.util.Optional;
import java.util.function.Function;

/**
 * What one of something costs: as a run measured it, else assumed, for a reason that is told with it. Sizes are those of
 * a message of {@value #TEXT_BYTES} bytes.
 */
@SuppressWarnings("ImmutableEnumChecker") // the functions hold nothing
enum UnitCost {
    MESSAGE_CPU(
            "CPU of a message between two, all server processes",
            "µs",
            180,
            "what is demanded of 100 pairs, durable",
            runs -> runs.figure("pairs-100x4", "serverCpuMicrosPerMessage")),
    DELIVERY_CPU(
            "CPU of a delivery to one session",
            "µs",
            15,
            "what is demanded of groups of 100",
            runs -> runs.figure("groups-10x100", "serverCpuMicrosPerDelivery")),
    COMMAND_CPU(
            "CPU of a message's command",
            "µs",
            60,
            "Axon with a cache and a store in memory, and serialization",
            runs -> runs.sum(
                    "SendCommandBenchmark.send",
                    "EventSerializationBenchmark.serialize",
                    "AppendQueueBenchmark.handOver")),
    PROJECTION_CPU(
            "CPU of an event in the read side",
            "µs",
            50,
            "a rebuild of 20,000 events each second on one core",
            runs -> runs.figure("rebuild", "serverCpuMicrosPerEvent")),
    FOREIGN_MESSAGE_CPU(
            "CPU of a message that concerns nobody on a push node",
            "µs",
            5,
            "what is demanded",
            runs -> runs.sum(Measurements.FOREIGN_MESSAGE)),
    FOREIGN_READ_MARK_CPU(
            "CPU of a read mark that concerns nobody on a push node",
            "µs",
            5,
            "what is demanded",
            runs -> runs.sum("ForeignEventBenchmark.pass{engine=AXON_SERVER, kind=READ_MARK}")),
    SESSION_CPU(
            "CPU of a silent session, each second",
            "µs",
            13,
            "20 % of a core for 15,000 sessions, as is demanded",
            runs -> runs.silentSession("idle-15000", 15_000)),
    READ_CPU(
            "CPU of a read over REST",
            "µs",
            1_000,
            "what is demanded of an inbox of 200 conversations, if it is all computing",
            runs -> runs.figure("inbox-200", "serverCpuMicrosPerRead")),
    SESSION_BYTES(
            "Memory of a session in the JVM",
            "B",
            10_240,
            "what is demanded",
            runs -> runs.figure("idle-15000", "rssBytesPerSession")),
    SOCKET_BYTES(
            "Memory of a session's socket in the kernel",
            "B",
            3_700,
            "an idle TCP connection on Linux",
            Measurements::none),
    EVENT_BYTES(
            "A message in the event store, indexes included", "B", 1_300, "its columns added up", Measurements::none),
    READ_MARK_BYTES(
            "A read mark in the event store, indexes included", "B", 800, "its columns added up", Measurements::none),
    SENT_EVENT_BYTES(
            "A message on its way to a follower of the events",
            "B",
            1_000,
            "payload, metadata and ids added up",
            Measurements::none),
    SENT_READ_MARK_BYTES(
            "A read mark on its way to a follower of the events",
            "B",
            500,
            "payload, metadata and ids added up",
            Measurements::none),
    ENTRY_BYTES("A message in the read side", "B", 700, "the fields of an entry added up", Measurements::none),
    FRAME_BYTES(
            "A delivery on the network, headers of all layers included",
            "B",
            800,
            "a frame of 600, and 200 for WebSocket, TLS, TCP and IP",
            Measurements::none),
    INDEX_BYTES(
            "A message in the search index",
            "B",
            500,
            "117 MB for 229,000 messages of an IRC channel",
            Measurements::none),
    CONTEXT_APPENDS(
            "Appends that one context of Axon Server takes",
            "1/s",
            20_000,
            "never tried on a machine of its own",
            Measurements::none);

    /** Of the text of the message that all load is measured with. */
    static final int TEXT_BYTES = 200;

    private final String label;
    private final String unit;
    private final SourcedValue assumed;
    private final Function<Measurements, Optional<SourcedValue>> measured;

    UnitCost(
            String label,
            String unit,
            double assumed,
            String reason,
            Function<Measurements, Optional<SourcedValue>> measured) {
        this.label = label;
        this.unit = unit;
        this.assumed = new SourcedValue(assumed, false, reason);
        this.measured = measured;
    }

    String label() {
        return label;
    }

    String unit() {
        return unit;
    }

    SourcedValue in(Measurements runs) {
        return measured.apply(runs).orElse(assumed);
    }
}
