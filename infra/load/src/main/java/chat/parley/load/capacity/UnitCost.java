package chat.parley.load.capacity;

import chat.parley.load.report.Measurements;
import java.util.List;
import java.util.OptionalDouble;

/** The cost of one unit of work. Sizes are those of a message of {@value #TEXT_BYTES} bytes of text. */
@SuppressWarnings("ImmutableEnumChecker") // the list is immutable
enum UnitCost {
    MESSAGE_CPU(
            "CPU of a message between two users, all server processes",
            "µs",
            180,
            "target",
            "pairs-100x4",
            "serverCpuMicrosPerMessage"),
    DELIVERY_CPU("CPU of a delivery to one session", "µs", 15, "target", "groups-10x100", "serverCpuMicrosPerDelivery"),
    COMMAND_CPU(
            "CPU of a message's command",
            "µs",
            60,
            "Axon with a cache and a store in memory, and serialization",
            Measurements.JMH,
            "SendCommandBenchmark.send",
            "EventSerializationBenchmark.serialize",
            "AppendQueueBenchmark.handOver"),
    PROJECTION_CPU(
            "CPU of an event in the read side",
            "µs",
            50,
            "a rebuild at 20,000 events a second on one core",
            "rebuild",
            "serverCpuMicrosPerEvent"),
    FOREIGN_MESSAGE_CPU(
            "CPU of a message on a push node without its members",
            "µs",
            5,
            "target",
            Measurements.JMH,
            "ForeignEventBenchmark.pass{engine=AXON_SERVER, kind=MESSAGE}"),
    FOREIGN_READ_MARK_CPU(
            "CPU of a read mark on a push node without its members",
            "µs",
            5,
            "target",
            Measurements.JMH,
            "ForeignEventBenchmark.pass{engine=AXON_SERVER, kind=READ_MARK}"),
    SESSION_CPU(
            "CPU of an idle session each second",
            "µs",
            13,
            "target: 20 % of a core for 15,000 sessions",
            "idle-15000",
            "serverCpuMicrosPerSessionSecond"),
    READ_CPU(
            "CPU of a read over REST",
            "µs",
            1_000,
            "goal of an inbox of 200 conversations",
            "inbox-200",
            "serverCpuMicrosPerRead"),
    SESSION_BYTES("Memory of a session in the JVM", "B", 10_240, "target", "idle-15000", "rssBytesPerSession"),
    SOCKET_BYTES("Memory of a session's socket in the kernel", "B", 3_700, "an idle TCP connection on Linux"),
    EVENT_BYTES("Message in the event store, with indexes", "B", 1_300, "sum of its columns"),
    READ_MARK_BYTES("Read mark in the event store, with indexes", "B", 800, "sum of its columns"),
    SENT_EVENT_BYTES("Message on its way to a follower of the events", "B", 1_000, "payload, metadata and ids"),
    SENT_READ_MARK_BYTES("Read mark on its way to a follower of the events", "B", 500, "payload, metadata and ids"),
    ENTRY_BYTES("Message in the read side", "B", 700, "sum of the fields of an entry"),
    FRAME_BYTES("Delivery on the network", "B", 800, "a frame of 600, and 200 for WebSocket, TLS, TCP and IP"),
    INDEX_BYTES("Message in the search index", "B", 500, "the index of an IRC log"),
    CONTEXT_APPENDS("Appends of one context of Axon Server", "1/s", 20_000, "never measured");

    static final int TEXT_BYTES = 200;

    private final String label;
    private final String unit;
    private final Cost assumed;
    private final String report;
    private final List<String> figures;

    /**
     * @param measured false for an assumption
     * @param source   the run, or the reason for the assumption
     */
    record Cost(double value, boolean measured, String source) {}

    UnitCost(String label, String unit, double assumed, String reason) {
        this(label, unit, assumed, reason, "");
    }

    /** @param figures of the report, whose sum is the cost */
    UnitCost(String label, String unit, double assumed, String reason, String report, String... figures) {
        this.label = label;
        this.unit = unit;
        this.assumed = new Cost(assumed, false, reason);
        this.report = report;
        this.figures = List.of(figures);
    }

    String label() {
        return label;
    }

    String unit() {
        return unit;
    }

    /** As measured; as assumed if a figure is missing or a check failed. */
    Cost in(Measurements measurements) {
        if (figures.isEmpty() || !measurements.passed(report)) {
            return assumed;
        }
        double sum = 0;
        for (String figure : figures) {
            OptionalDouble value = measurements.value(report, figure);
            if (value.isEmpty()) {
                return assumed;
            }
            sum += value.getAsDouble();
        }
        return new Cost(sum, true, report + ": " + String.join(" + ", figures));
    }
}
