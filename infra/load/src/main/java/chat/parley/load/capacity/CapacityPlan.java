package chat.parley.load.capacity;

import static chat.parley.load.capacity.UnitCost.COMMAND_CPU;
import static chat.parley.load.capacity.UnitCost.CONTEXT_APPENDS;
import static chat.parley.load.capacity.UnitCost.DELIVERY_CPU;
import static chat.parley.load.capacity.UnitCost.ENTRY_BYTES;
import static chat.parley.load.capacity.UnitCost.EVENT_BYTES;
import static chat.parley.load.capacity.UnitCost.FOREIGN_MESSAGE_CPU;
import static chat.parley.load.capacity.UnitCost.FOREIGN_READ_MARK_CPU;
import static chat.parley.load.capacity.UnitCost.FRAME_BYTES;
import static chat.parley.load.capacity.UnitCost.INDEX_BYTES;
import static chat.parley.load.capacity.UnitCost.MESSAGE_CPU;
import static chat.parley.load.capacity.UnitCost.PROJECTION_CPU;
import static chat.parley.load.capacity.UnitCost.READ_CPU;
import static chat.parley.load.capacity.UnitCost.READ_MARK_BYTES;
import static chat.parley.load.capacity.UnitCost.SENT_EVENT_BYTES;
import static chat.parley.load.capacity.UnitCost.SENT_READ_MARK_BYTES;
import static chat.parley.load.capacity.UnitCost.SESSION_BYTES;
import static chat.parley.load.capacity.UnitCost.SESSION_CPU;
import static chat.parley.load.capacity.UnitCost.SOCKET_BYTES;
import static chat.parley.load.capacity.UnitCost.STORE_APPENDS;
import static java.util.Comparator.comparingDouble;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** The requirements of a number of daily users at the peak, and the limits that more nodes do not raise. */
final class CapacityPlan {
    static final String PEAK = "messages, peak";

    private static final double SECONDS_PER_DAY = 86_400;

    /** The size of text in Base64, as encrypted text is stored, relative to plain text. */
    private static final double ENCRYPTED = 4.0 / 3;

    private final List<Quantity> quantities = new ArrayList<>();
    private final List<Limit> limits = new ArrayList<>();
    private final double dailyUsers;
    private final UsageProfile usage;
    private final NodeSize node;
    private final Map<UnitCost, UnitCost.Cost> costs;

    /** @param value infinite if no number of nodes suffices */
    record Quantity(String name, String unit, String formula, double value) {}

    /** @param measured whether all its costs are */
    record Limit(String name, String formula, double messagesPerSecond, boolean measured) {}

    CapacityPlan(double dailyUsers, UsageProfile usage, NodeSize node, Map<UnitCost, UnitCost.Cost> costs) {
        this.dailyUsers = dailyUsers;
        this.usage = usage;
        this.node = node;
        this.costs = costs;
        calculate();
    }

    double dailyUsers() {
        return dailyUsers;
    }

    List<Quantity> quantities() {
        return Collections.unmodifiableList(quantities);
    }

    /** The lowest first. */
    List<Limit> limits() {
        return limits.stream().sorted(comparingDouble(Limit::messagesPerSecond)).toList();
    }

    double value(String quantity) {
        return quantities.stream()
                .filter(one -> one.name().equals(quantity))
                .findFirst()
                .orElseThrow()
                .value();
    }

    private void calculate() {
        double messagesPerDay = quantity("messages per day", "", "daily users × messages", dailyUsers * usage.messages);
        double peak = quantity(
                PEAK,
                "1/s",
                "messages per day ÷ 86,400 × peak factor",
                messagesPerDay / SECONDS_PER_DAY * usage.peakFactor);
        double connections = quantity(
                "connections",
                "",
                "daily users × online share × devices",
                dailyUsers * usage.onlineShare * usage.devices);
        double deliveries = quantity(
                "deliveries, peak",
                "1/s",
                "peak × devices × (1 + (members − 1) × online share)",
                peak * usage.devices * (1 + (usage.members - 1) * usage.onlineShare));
        double events = quantity("events, peak", "1/s", "peak × (1 + read marks)", peak * (1 + usage.readMarks));
        double reads = quantity(
                "reads over REST, peak",
                "1/s",
                "daily users × reads ÷ 86,400 × peak factor",
                dailyUsers * usage.reads / SECONDS_PER_DAY * usage.peakFactor);
        double feedBytes = encrypted(SENT_EVENT_BYTES) + usage.readMarks * cost(SENT_READ_MARK_BYTES);
        double foreignMicros = cost(FOREIGN_MESSAGE_CPU) + usage.readMarks * cost(FOREIGN_READ_MARK_CPU);
        double push = pushNodes(peak, connections, deliveries, feedBytes, foreignMicros);
        double projection =
                nodes("nodes: projection", "events × projection ÷ usable CPU", cpuNodes(events, PROJECTION_CPU));
        nodes("nodes: command", "peak × command ÷ usable CPU", cpuNodes(peak, COMMAND_CPU));
        nodes("nodes: api", "reads × read ÷ usable CPU", cpuNodes(reads, READ_CPU));
        double sentBytes = (push + projection) * peak * feedBytes;
        stores("PostgreSQL servers for events", "PostgreSQL", events, STORE_APPENDS, sentBytes);
        stores("Axon Server contexts", "a context", events, CONTEXT_APPENDS, sentBytes);
        storage(
                "event store",
                "messages × (event + read marks × read mark)",
                messagesPerDay * (encrypted(EVENT_BYTES) + usage.readMarks * cost(READ_MARK_BYTES)));
        storage("read side", "messages × entry", messagesPerDay * encrypted(ENTRY_BYTES));
        storage("search index", "messages × indexed message", messagesPerDay * plain(INDEX_BYTES));
        limit(
                "appends to one PostgreSQL, at least",
                "appends of PostgreSQL ÷ (1 + read marks)",
                cost(STORE_APPENDS) / (1 + usage.readMarks),
                STORE_APPENDS);
        limit(
                "appends to one context of Axon Server",
                "appends of a context ÷ (1 + read marks)",
                cost(CONTEXT_APPENDS) / (1 + usage.readMarks),
                CONTEXT_APPENDS);
        if (Double.isFinite(push)) {
            limit(
                    "network of one event store",
                    "usable network ÷ (followers × feed)",
                    node.networkBytesPerSecond() / ((push + projection) * feedBytes),
                    UnitCost.values());
        }
        limit(
                "fan-out thread of each push node",
                "usable share of a core ÷ (foreign message + read marks × foreign read mark)",
                node.threadMicrosPerSecond() / foreignMicros,
                FOREIGN_MESSAGE_CPU,
                FOREIGN_READ_MARK_CPU);
        limit(
                "network of each push node",
                "usable network ÷ feed",
                node.networkBytesPerSecond() / feedBytes,
                SENT_EVENT_BYTES,
                SENT_READ_MARK_BYTES);
    }

    private void stores(String name, String store, double events, UnitCost appends, double sentBytes) {
        quantity(
                name,
                "",
                "the more of events ÷ appends of " + store + " and (push + projection nodes) × feed ÷ usable network",
                Math.ceil(Math.max(events / cost(appends), sentBytes / node.networkBytesPerSecond())));
    }

    private void storage(String store, String formula, double bytesPerDay) {
        quantity(store + ", per day", "B", formula, bytesPerDay);
        quantity(
                "nodes: " + store + " disks",
                "nodes",
                "per day × days kept ÷ usable disk, one copy",
                Math.ceil(bytesPerDay * usage.retentionDays / node.diskBytes()));
    }

    private double pushNodes(
            double peak, double connections, double deliveries, double feedBytes, double foreignMicros) {
        double gatewayMicros =
                Math.max(0, cost(MESSAGE_CPU) - 2 * cost(DELIVERY_CPU) - cost(COMMAND_CPU) - cost(PROJECTION_CPU));
        double foreign = peak * foreignMicros;
        double feed = quantity(
                "feed of every push node",
                "B/s",
                "peak × (sent message + read marks × sent read mark)",
                peak * feedBytes);
        double byCpu = quantity(
                "push nodes by CPU",
                "nodes",
                "(peak × (message − 2 deliveries − command − projection) + deliveries × delivery + connections × idle"
                        + " session) ÷ (usable CPU − foreign events)",
                share(
                        peak * gatewayMicros + deliveries * cost(DELIVERY_CPU) + connections * cost(SESSION_CPU),
                        node.cpuMicrosPerSecond() - foreign));
        double byThread = quantity(
                "push nodes by fan-out thread",
                "nodes",
                "deliveries × delivery ÷ (usable share of a core − foreign events)",
                share(deliveries * cost(DELIVERY_CPU), node.threadMicrosPerSecond() - foreign));
        double byMemory = quantity(
                "push nodes by memory",
                "nodes",
                "connections × (session + socket) ÷ usable memory",
                share(connections * (cost(SESSION_BYTES) + cost(SOCKET_BYTES)), node.memoryBytes()));
        double byNetwork = quantity(
                "push nodes by network",
                "nodes",
                "the more of deliveries × frame ÷ usable network and peak × frame ÷ (usable network − feed)",
                Math.max(
                        share(deliveries * plain(FRAME_BYTES), node.networkBytesPerSecond()),
                        share(peak * plain(FRAME_BYTES), node.networkBytesPerSecond() - feed)));
        return nodes(
                "nodes: push",
                "the most of the four",
                DoubleStream.of(byCpu, byThread, byMemory, byNetwork).max().orElseThrow());
    }

    private double cpuNodes(double perSecond, UnitCost cost) {
        return share(perSecond * cost(cost), node.cpuMicrosPerSecond());
    }

    private static double share(double wanted, double ofEach) {
        return ofEach > 0 ? wanted / ofEach : Double.POSITIVE_INFINITY;
    }

    private double nodes(String name, String formula, double needed) {
        return quantity(name, "nodes", formula + ", + " + node.spare, Math.ceil(needed) + node.spare);
    }

    private double quantity(String name, String unit, String formula, double value) {
        quantities.add(new Quantity(name, unit, formula, value));
        return value;
    }

    private void limit(String name, String formula, double messagesPerSecond, UnitCost... from) {
        boolean measured = Stream.of(from).allMatch(cost -> known(cost).measured());
        limits.add(new Limit(name, formula, messagesPerSecond, measured));
    }

    private double cost(UnitCost cost) {
        return known(cost).value();
    }

    private UnitCost.Cost known(UnitCost cost) {
        return Objects.requireNonNull(costs.get(cost));
    }

    private double plain(UnitCost bytes) {
        return cost(bytes) + usage.textBytes - UnitCost.TEXT_BYTES;
    }

    private double encrypted(UnitCost bytes) {
        return cost(bytes) + ENCRYPTED * (usage.textBytes - UnitCost.TEXT_BYTES);
    }
}
