package chat.parley.push.session;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the push tier.
 *
 * @param node name of this node, sent to clients in {@code welcome}
 * @param helloTimeout time in which a new socket must send {@code hello}
 * @param heartbeatSeconds interval of heartbeats that clients are asked for
 * @param offlineAfterSeconds silence after which a socket is closed; six lost heartbeats by default
 * @param maxQueuedBytes bytes that may be queued for one client before it is closed as resumable. More than four of the
 *     largest frames (1.5 MB), so that a few of the longest messages do not disconnect a client on a slow network
 * @param ringEvents number of the newest events that are kept to replay them to subscribers before they go live
 * @param ringSize maximum memory of these events
 * @param maxAttachQueries maximum concurrent read-model queries of connecting clients on this node, so that the read
 *     side is not overloaded when all clients reconnect at once
 * @param drainTimeout longest wait of a stopping node for the requests in flight
 * @param reconnectSpread time over which the reconnections of a draining node's clients are spread
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
