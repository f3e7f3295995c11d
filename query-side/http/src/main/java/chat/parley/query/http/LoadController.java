package chat.parley.query.http;

import chat.parley.api.Refusal;
import chat.parley.api.Refuses;
import chat.parley.discovery.GatewayAnnouncement;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Arrays;
import java.util.Collection;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The few meters that admins see on the page, on the API's port: management may have a port that no browser reaches. */
@Tag(name = "Gateways")
@RestController
@RequestMapping("/api/v1/load")
final class LoadController {
    private final MeterRegistry meters;
    private final GatewayAnnouncement announcement;

    LoadController(MeterRegistry meters, GatewayAnnouncement announcement) {
        this.meters = meters;
        this.announcement = announcement;
    }

    /**
     * What a node does. Null is a meter that the node does not have.
     *
     * @param messagesAccepted    messages stored that came over this node's sockets, since its start
     * @param deliveries          entries delivered to sessions, since its start
     * @param projectionLagEvents events that the read side has not processed yet, summed over its parts
     * @param searchLagEvents     events that the served index has not processed yet
     */
    record LoadView(
            String node,
            @Nullable Long sessions,
            @Nullable Long messagesAccepted,
            @Nullable Long deliveries,
            @Nullable Long projectionLagEvents,
            @Nullable Long searchLagEvents) {}

    @Operation(
            summary = "Read what the node that answers does",
            description = "Needs the role `admin`. Behind a balancer, each request may be answered by another node.")
    @Refuses(Refusal.FORBIDDEN)
    @GetMapping
    LoadView load() {
        return new LoadView(
                announcement.node(),
                gauge("parley.sessions"),
                counter("parley.messages.accepted"),
                counter("parley.deliveries"),
                gauge("parley.projection.lag"),
                gauge("parley.search.lag"));
    }

    private @Nullable Long gauge(String name) {
        return sum(meters.find(name).gauges(), Gauge::value);
    }

    private @Nullable Long counter(String name) {
        return sum(meters.find(name).counters(), Counter::count);
    }

    /** A gauge is no number while what it measures cannot be read. */
    private static <M> @Nullable Long sum(Collection<M> all, ToDoubleFunction<M> value) {
        double[] known =
                all.stream().mapToDouble(value).filter(Double::isFinite).toArray();
        return known.length == 0 ? null : Math.round(Arrays.stream(known).sum());
    }
}
