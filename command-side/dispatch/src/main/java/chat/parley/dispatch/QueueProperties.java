package chat.parley.dispatch;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How commands wait in the queue of their conversation. The prefix is from when only sockets used it.
 *
 * @param commandTimeout after which the outcome of a command is unknown, and how long a socket's command is tried again
 * @param fanoutGrace    how long delivery may be behind what is stored without a break before this node's sockets wait
 *                       with what they send
 * @param fanoutPatience how long each of their commands waits for delivery to catch up at most
 */
@ConfigurationProperties("parley.push")
public record QueueProperties(
        @DefaultValue("30s") Duration commandTimeout,
        @DefaultValue("250ms") Duration fanoutGrace,
        @DefaultValue("2s") Duration fanoutPatience) {}
