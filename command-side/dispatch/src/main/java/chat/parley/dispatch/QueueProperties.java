package chat.parley.dispatch;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How commands wait in the queue of their conversation. The prefix dates from the time when only sockets used the
 * queue.
 *
 * @param commandTimeout time after which the outcome of a command is unknown, and for which a socket's command is
 *     retried
 * @param fanoutGrace time that delivery may be behind the event store without a break before this node's senders wait
 * @param fanoutPatience longest time that one command waits for delivery to catch up
 */
@ConfigurationProperties("parley.push")
public record QueueProperties(
        @DefaultValue("30s") Duration commandTimeout,
        @DefaultValue("250ms") Duration fanoutGrace,
        @DefaultValue("2s") Duration fanoutPatience) {}
