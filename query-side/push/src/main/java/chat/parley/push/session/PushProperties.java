package chat.parley.push.session;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The settings of the push tier.
 *
 * @param node             this node's name, sent to clients in {@code welcome}
 * @param helloTimeout     how long a new socket may take to send {@code hello}
 * @param heartbeatSeconds how often clients are asked to send a heartbeat
 * @param offlineAfterSeconds how long a socket may be silent before it is closed; six lost heartbeats by default
 * @param maxQueuedBytes   how much may be queued for one client before it is closed as resumable. More than four of
 *                         the largest frames (1.5 MB), so that a few longest messages at once do not cut off a
 *                         client on a slow network
 * @param ringEvents       how many of the newest events are kept to replay to subscribers before they go live
 * @param ringSize         how much memory these events may take
 * @param maxAttachQueries how many read-model queries of connecting clients run at once on this node, so that the
 *                         read side is not overrun when all clients reconnect at once
 * @param drainTimeout     how long a node that shuts down waits for the requests in flight
 * @param reconnectSpread  over how long clients of a draining node are told to spread their reconnects
 */
@ConfigurationProperties("parley.push")
public record PushProperties(
        @DefaultValue("local") String node,
        @DefaultValue("10s") Duration helloTimeout,
        @DefaultValue("5") int heartbeatSeconds,
        @DefaultValue("30") int offlineAfterSeconds,
        @DefaultValue("8MB") DataSize maxQueuedBytes,
        @DefaultValue("8192") int ringEvents,
        @DefaultValue("32MB") DataSize ringSize,
        @DefaultValue("64") int maxAttachQueries,
        @DefaultValue("3s") Duration drainTimeout,
        @DefaultValue("3s") Duration reconnectSpread) {}
