package chat.parley.dispatch;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long an HTTP request waits.
 *
 * @param commandTimeout time after which the outcome of a command is unknown
 * @param queryTimeout   time within which a read model has to answer
 */
@ConfigurationProperties("parley.http")
record RequestProperties(
        @DefaultValue("10s") Duration commandTimeout,
        @DefaultValue("5s") Duration queryTimeout) {}
