package chat.parley.notifications.delivery;

import chat.parley.notifications.address.PushService;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.function.IntSupplier;

/**
 * Metrics of notifications by service and outcome. Each counter exists from the start, because an alert on its increase
 * would not see the first one otherwise.
 */
public final class NotificationMeters {
    private final MeterRegistry registry;
    private final Counter passedOver;

    /** @param services the enabled services */
    public NotificationMeters(MeterRegistry registry, List<PushService> services) {
        this.registry = registry;
        this.passedOver = Counter.builder("parley.notifications.passed.over")
                .description("Messages of which nobody was notified, because too many were waiting")
                .register(registry);
        for (PushService service : services) {
            for (Outcome outcome : Outcome.values()) {
                counter(outcome, service);
            }
        }
    }

    public void sent(PushService service) {
        counter(Outcome.SENT, service).increment();
    }

    public void retried(PushService service) {
        counter(Outcome.RETRIED, service).increment();
    }

    public void failed(PushService service) {
        counter(Outcome.FAILED, service).increment();
    }

    public void dropped(PushService service) {
        counter(Outcome.DROPPED, service).increment();
    }

    public void removed(PushService service) {
        counter(Outcome.REMOVED, service).increment();
    }

    private Counter counter(Outcome outcome, PushService service) {
        return Counter.builder(outcome.meter)
                .tag("service", service.wireName())
                .description(outcome.description)
                .register(registry);
    }

    /** Counts a message that was skipped because too many were waiting. */
    public void passedOver() {
        passedOver.increment();
    }

    public void watch(IntSupplier waiting, IntSupplier queued) {
        Gauge.builder("parley.notifications.waiting", waiting::getAsInt)
                .description("Messages whose recipients are not decided yet")
                .register(registry);
        Gauge.builder("parley.notifications.queued", queued::getAsInt)
                .description("Notifications that are waiting to be sent")
                .register(registry);
    }

    private enum Outcome {
        SENT("parley.notifications.sent", "Notifications that the push service accepted"),
        RETRIED("parley.notifications.retried", "Notifications that are retried"),
        FAILED("parley.notifications.failed", "Notifications that the push service refused, or that were given up"),
        DROPPED("parley.notifications.dropped", "Notifications that were dropped because the queue was full"),
        REMOVED("parley.notifications.removed", "Registrations that the push service reported as gone");

        private final String meter;
        private final String description;

        Outcome(String meter, String description) {
            this.meter = meter;
            this.description = description;
        }
    }
}
