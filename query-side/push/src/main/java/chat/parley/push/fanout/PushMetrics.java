package chat.parley.push.fanout;

import chat.parley.api.Refusal;
import chat.parley.api.presence.PresenceCommand;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** The metrics of a push node. May be used by any thread. */
public final class PushMetrics {
    private final Clock clock;
    private final LongAdder sessions = new LongAdder();
    private final LongAdder queuedBytes = new LongAdder();
    private final Counter accepted;
    private final Counter deliveries;
    private final Timer sendToDeliver;
    private final Counter devicesOpened;
    private final Counter devicesClosed;
    private final Counter statusesSet;
    private final Map<Refusal, Counter> refusals = new EnumMap<>(Refusal.class);

    public PushMetrics(MeterRegistry registry, Clock clock) {
        this.clock = clock;
        Gauge.builder("parley.sessions", sessions, LongAdder::sum)
                .description("Sockets whose hello was accepted")
                .register(registry);
        Gauge.builder("parley.queue.bytes", queuedBytes, LongAdder::sum)
                .description("Bytes waiting to be written to sockets")
                .baseUnit("bytes")
                .register(registry);
        accepted = Counter.builder("parley.messages.accepted")
                .description("Stored messages that were sent over this node's sockets")
                .register(registry);
        deliveries = Counter.builder("parley.deliveries")
                .description("Entries delivered to sessions")
                .register(registry);
        sendToDeliver = Timer.builder("parley.send.to.deliver")
                .description("Time from the timestamp of an entry to its delivery to sessions")
                .publishPercentileHistogram()
                .register(registry);
        devicesOpened = presenceChanges(registry, "opened");
        devicesClosed = presenceChanges(registry, "closed");
        statusesSet = presenceChanges(registry, "status");
        for (Refusal refusal : Refusal.values()) {
            refusals.put(
                    refusal,
                    Counter.builder("parley.refusals")
                            .tag("code", refusal.code())
                            .description("Refused requests and frames")
                            .register(registry));
        }
    }

    private static Counter presenceChanges(MeterRegistry registry, String change) {
        return Counter.builder("parley.presence.changes")
                .tag("change", change)
                .description("Changes of presence that this node has sent")
                .register(registry);
    }

    public LongAdder queuedBytes() {
        return queuedBytes;
    }

    public int sessions() {
        return sessions.intValue();
    }

    public void sessionOpened() {
        sessions.increment();
    }

    public void sessionClosed() {
        sessions.decrement();
    }

    public void accepted() {
        accepted.increment();
    }

    void delivered(int count) {
        deliveries.increment(count);
    }

    void delivered(int count, Instant at) {
        if (count > 0) {
            deliveries.increment(count);
            Duration taken = Duration.between(at, clock.instant());
            sendToDeliver.record(taken.isNegative() ? Duration.ZERO : taken);
        }
    }

    public void presenceChanged(PresenceCommand command) {
        Counter counter = switch (command) {
            case PresenceCommand.OpenDevice _ -> devicesOpened;
            case PresenceCommand.CloseDevice _ -> devicesClosed;
            case PresenceCommand.SetDeviceStatus _ -> statusesSet;
        };
        counter.increment();
    }

    public void refused(Refusal refusal) {
        Counter counter = refusals.get(refusal);
        if (counter != null) {
            counter.increment();
        }
    }
}
