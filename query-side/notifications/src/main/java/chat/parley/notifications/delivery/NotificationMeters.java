package chat.parley.notifications.delivery;

import chat.parley.notifications.address.PushService;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.IntSupplier;

/** Metrics of notifications by service and outcome. */
public final class NotificationMeters {
    private final MeterRegistry registry;

    public NotificationMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    public void sent(PushService service) {
        count("sent", "Notifications that the push service accepted", service);
    }

    public void retried(PushService service) {
        count("retried", "Notifications that are retried", service);
    }

    public void failed(PushService service) {
        count("failed", "Notifications that the push service refused, or that were given up", service);
    }

    public void dropped(PushService service) {
        count("dropped", "Notifications that were dropped because the queue was full", service);
    }

    public void removed(PushService service) {
        count("removed", "Registrations that the push service reported as gone", service);
    }

    private void count(String what, String description, PushService service) {
        Counter.builder("parley.notifications." + what)
                .tag("service", service.wireName())
                .description(description)
                .register(registry)
                .increment();
    }

    /** Counts a message that was skipped because too many were waiting. */
    public void passedOver() {
        Counter.builder("parley.notifications.passed.over")
                .description("Messages of which nobody was notified, because too many were waiting")
                .register(registry)
                .increment();
    }

    public void watch(IntSupplier waiting, IntSupplier queued) {
        Gauge.builder("parley.notifications.waiting", waiting::getAsInt)
                .description("Messages whose recipients are not decided yet")
                .register(registry);
        Gauge.builder("parley.notifications.queued", queued::getAsInt)
                .description("Notifications that are waiting to be sent")
                .register(registry);
    }
}
