package chat.parley.load.capacity;

import static java.util.Comparator.comparingDouble;

import chat.parley.load.report.SourcedValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** What a demand needs: each quantity with its formula, and what stands in the way of more. */
final class CapacityPlan {
    static final String PEAK = "messages, peak";

    private static final double SECONDS_PER_DAY = 86_400;
    private static final double MICROS_PER_SECOND = 1e6;

    /** Of a byte of text in Base64, as sealed text is kept. */
    private static final double SEALED = 4.0 / 3;

    private final List<Line> lines = new ArrayList<>();
    private final List<Wall> walls = new ArrayList<>();
    private final UsageProfile demand;
    private final NodeSize instance;
    private final Map<UnitCost, SourcedValue> costs;

    /** @param value infinite where no number is enough */
    record Line(String quantity, String unit, String formula, double value) {}

    /**
     * What more nodes do not move.
     *
     * @param messagesPerSecond that pass
     * @param measured          whether all costs in it were
     * @param remedy            what moves it
     */
    record Wall(String what, String formula, double messagesPerSecond, boolean measured, String remedy) {}

    CapacityPlan(UsageProfile demand, NodeSize instance, Map<UnitCost, SourcedValue> costs) {
        this.demand = demand;
        this.instance = instance;
        this.costs = costs;
        calculate();
    }

    List<Line> lines() {
        return Collections.unmodifiableList(lines);
    }

    /** The lowest first. */
    List<Wall> walls() {
        return walls.stream().sorted(comparingDouble(Wall::messagesPerSecond)).toList();
    }

    double value(String quantity) {
        return lines.stream()
                .filter(line -> line.quantity().equals(quantity))
                .findFirst()
                .orElseThrow()
                .value();
    }

    private void calculate() {
        double messagesPerDay =
                line("messages per day", "", "daily users × messages", demand.dailyUsers() * demand.messages());
        double mean = line("messages, mean", "1/s", "messages per day ÷ 86,400", messagesPerDay / SECONDS_PER_DAY);
        double peak = line(PEAK, "1/s", "mean × peak factor", mean * demand.peakFactor());
        double connections = line(
                "connections",
                "",
                "daily users × online share × devices",
                demand.dailyUsers() * demand.onlineShare() * demand.devices());
        double deliveries = line(
                "deliveries, peak",
                "1/s",
                "peak × devices × (1 + (members − 1) × online share)",
                peak * demand.devices() * (1 + (demand.members() - 1) * demand.onlineShare()));
        double events = line("events, peak", "1/s", "peak × (1 + read marks)", peak * (1 + demand.readMarks()));
        double reads = line(
                "reads over REST, peak",
                "1/s",
                "daily users × reads × peak factor ÷ 86,400",
                demand.dailyUsers() * demand.reads() * demand.peakFactor() / SECONDS_PER_DAY);

        storage(messagesPerDay);

        double feedBytes = sealed(UnitCost.SENT_EVENT_BYTES) + demand.readMarks() * cost(UnitCost.SENT_READ_MARK_BYTES);
        double foreignMicros =
                cost(UnitCost.FOREIGN_MESSAGE_CPU) + demand.readMarks() * cost(UnitCost.FOREIGN_READ_MARK_CPU);
        double push = pushNodes(peak, connections, deliveries, feedBytes, foreignMicros);
        double projection = nodes(
                "nodes: projection", "events × projection ÷ usable CPU", cpuNodes(events, UnitCost.PROJECTION_CPU));
        nodes("nodes: command", "peak × command ÷ usable CPU", cpuNodes(peak, UnitCost.COMMAND_CPU));
        nodes("nodes: api", "reads × read ÷ usable CPU", cpuNodes(reads, UnitCost.READ_CPU));
        eventStore(peak, events, push + projection, feedBytes);

        wall(
                "the one thread of each push node that looks at every event",
                "usable share of a core ÷ (foreign message + read marks × foreign read mark)",
                instance.threadMicrosPerSecond() / foreignMicros,
                "a relay that sends a push node the events of its own conversations only",
                UnitCost.FOREIGN_MESSAGE_CPU,
                UnitCost.FOREIGN_READ_MARK_CPU);
        wall(
                "network of each push node, to which every event is sent",
                "usable network ÷ (sent message + read marks × sent read mark)",
                instance.networkBytesPerSecond() / feedBytes,
                "the same relay",
                UnitCost.SENT_EVENT_BYTES,
                UnitCost.SENT_READ_MARK_BYTES);
        if (Double.isFinite(push)) {
            wall(
                    "network of one event store, which sends every event to every follower",
                    "usable network ÷ (followers × (sent message + read marks × sent read mark))",
                    instance.networkBytesPerSecond() / ((push + projection) * feedBytes),
                    "a relay between event store and push nodes; more contexts, each on a machine of its own",
                    UnitCost.values());
        }
        wall(
                "appends of one event store: an application follows one context, and the open Axon Server is one node",
                "appends of a context ÷ (1 + read marks)",
                cost(UnitCost.CONTEXT_APPENDS) / (1 + demand.readMarks()),
                "conversations spread over several contexts by their ids, which needs AxonIQ's licence and is not built",
                UnitCost.CONTEXT_APPENDS);
    }

    private void storage(double messagesPerDay) {
        double events = line(
                "event store, per day",
                "B",
                "messages × (event + read marks × read mark)",
                messagesPerDay * (sealed(UnitCost.EVENT_BYTES) + demand.readMarks() * cost(UnitCost.READ_MARK_BYTES)));
        double readSide =
                line("read side, per day", "B", "messages × entry", messagesPerDay * sealed(UnitCost.ENTRY_BYTES));
        double index = line(
                "search index, per day",
                "B",
                "messages × indexed message",
                messagesPerDay * plain(UnitCost.INDEX_BYTES));
        line("all of it, per day, one copy", "B", "sum of the three", events + readSide + index);
        kept("event store, kept", events);
        kept("read side, kept", readSide);
        kept("search index, kept", index);
    }

    private void kept(String quantity, double bytesPerDay) {
        double bytes = line(quantity, "B", "per day × days kept", bytesPerDay * demand.retentionDays());
        line(quantity + ": disks", "nodes", "kept ÷ usable disk, one copy", Math.ceil(bytes / instance.diskBytes()));
    }

    private double pushNodes(
            double peak, double connections, double deliveries, double feedBytes, double foreignMicros) {
        double gatewayMicros = Math.max(
                0,
                cost(UnitCost.MESSAGE_CPU)
                        - 2 * cost(UnitCost.DELIVERY_CPU)
                        - cost(UnitCost.COMMAND_CPU)
                        - cost(UnitCost.PROJECTION_CPU));
        line(
                "gateway and store, CPU per message",
                "µs",
                "message − 2 deliveries − command − projection",
                gatewayMicros);
        double foreign = line(
                "every push node: foreign events",
                "cores",
                "peak × (foreign message + read marks × foreign read mark)",
                peak * foreignMicros / MICROS_PER_SECOND);
        double feed = line(
                "every push node: feed",
                "B/s",
                "peak × (sent message + read marks × sent read mark)",
                peak * feedBytes);
        double byCpu = line(
                "push nodes by CPU",
                "nodes",
                "(peak × gateway + deliveries × delivery + connections × silent session) ÷ (usable CPU − foreign)",
                share(
                        peak * gatewayMicros
                                + deliveries * cost(UnitCost.DELIVERY_CPU)
                                + connections * cost(UnitCost.SESSION_CPU),
                        instance.cpuMicrosPerSecond() - foreign * MICROS_PER_SECOND));
        double byThread = line(
                "push nodes by the thread that fans out",
                "nodes",
                "deliveries × delivery ÷ (usable share of a core − foreign)",
                share(
                        deliveries * cost(UnitCost.DELIVERY_CPU),
                        instance.threadMicrosPerSecond() - foreign * MICROS_PER_SECOND));
        double byMemory = line(
                "push nodes by memory",
                "nodes",
                "connections × (session + socket) ÷ usable memory",
                share(
                        connections * (cost(UnitCost.SESSION_BYTES) + cost(UnitCost.SOCKET_BYTES)),
                        instance.memoryBytes()));
        double byNetwork = line(
                "push nodes by network",
                "nodes",
                "the more of deliveries × delivery ÷ usable network (out) and peak × delivery ÷ (usable network − feed) (in)",
                Math.max(
                        share(deliveries * plain(UnitCost.FRAME_BYTES), instance.networkBytesPerSecond()),
                        share(peak * plain(UnitCost.FRAME_BYTES), instance.networkBytesPerSecond() - feed)));
        return nodes(
                "nodes: push",
                "the most of the four",
                DoubleStream.of(byCpu, byThread, byMemory, byNetwork).max().orElseThrow());
    }

    private void eventStore(double peak, double events, double followers, double feedBytes) {
        double sent = line(
                "event store: sent to followers",
                "B/s",
                "(push + projection nodes) × feed",
                followers * peak * feedBytes);
        double byAppends = events / cost(UnitCost.CONTEXT_APPENDS);
        double byNetwork = sent / instance.networkBytesPerSecond();
        line(
                "Axon Server contexts",
                "",
                "the more of events ÷ appends of a context and sent ÷ usable network",
                Math.ceil(Math.max(byAppends, byNetwork)));
    }

    private double cpuNodes(double perSecond, UnitCost cost) {
        return share(perSecond * cost(cost), instance.cpuMicrosPerSecond());
    }

    private static double share(double wanted, double ofEach) {
        return ofEach > 0 ? wanted / ofEach : Double.POSITIVE_INFINITY;
    }

    private double nodes(String quantity, String formula, double needed) {
        return line(quantity, "nodes", formula + ", + " + instance.spare(), Math.ceil(needed) + instance.spare());
    }

    private double line(String quantity, String unit, String formula, double value) {
        lines.add(new Line(quantity, unit, formula, value));
        return value;
    }

    private void wall(String what, String formula, double messagesPerSecond, String remedy, UnitCost... reckonedFrom) {
        boolean measured = Stream.of(reckonedFrom).allMatch(cost -> figure(cost).measured());
        walls.add(new Wall(what, formula, messagesPerSecond, measured, remedy));
    }

    private double cost(UnitCost cost) {
        return figure(cost).value();
    }

    private SourcedValue figure(UnitCost cost) {
        SourcedValue figure = costs.get(cost);
        if (figure == null) {
            throw new IllegalArgumentException("Nothing is known of " + cost);
        }
        return figure;
    }

    private double plain(UnitCost bytes) {
        return cost(bytes) + demand.textBytes() - UnitCost.TEXT_BYTES;
    }

    private double sealed(UnitCost bytes) {
        return cost(bytes) + SEALED * (demand.textBytes() - UnitCost.TEXT_BYTES);
    }
}
