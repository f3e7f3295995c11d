package chat.parley.retention;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of holds, erasure and retention.
 *
 * @param interval     time between two rounds that look for texts past their age; without a rule a round costs nothing
 * @param queryTimeout how long the read side may take to list the members of a conversation, from all its events, and
 * search to list the hits of a query
 */
@ConfigurationProperties("parley.retention")
public record RetentionProperties(
        @DefaultValue("1h") Duration interval,
        @DefaultValue("60s") Duration queryTimeout) {}
