package chat.parley.web.limit;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The limits of requests and connections.
 *
 * @param enabled false switches every rate limit off, for load tests; limits of size stay
 * @param rest limits of HTTP requests
 * @param connections limits of connections
 * @param accounts limits of account operations
 */
@ConfigurationProperties("parley.limits")
public record Limits(
        @DefaultValue("true") boolean enabled,
        @DefaultValue RestLimits rest,
        @DefaultValue ConnectionLimits connections,
        @DefaultValue AccountLimits accounts) {}
