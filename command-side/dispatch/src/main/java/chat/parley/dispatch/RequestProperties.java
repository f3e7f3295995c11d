package chat.parley.dispatch;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long an HTTP request waits.
 *
 * @param commandTimeout how long a command may take before its outcome is called unknown
 * @param queryTimeout   how long a read model may take to answer
 */
@ConfigurationProperties("parley.http")
record RequestProperties(
        @DefaultValue("10s") Duration commandTimeout,
        @DefaultValue("5s") Duration queryTimeout) {}
