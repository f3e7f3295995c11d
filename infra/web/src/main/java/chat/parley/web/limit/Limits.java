package chat.parley.web.limit;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much anybody may ask for.
 *
 * @param enabled false switches every rate limit off, for load tests; limits of size stay
 * @param rest        the limits of HTTP requests
 * @param connections what connections may cost
 * @param accounts    the limits of what people do with their accounts
 */
@ConfigurationProperties("parley.limits")
public record Limits(
        @DefaultValue("true") boolean enabled,
        @DefaultValue RestLimits rest,
        @DefaultValue ConnectionLimits connections,
        @DefaultValue AccountLimits accounts) {}
