package chat.parley.query.http;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Reading over HTTP.
 *
 * @param timeout          how long one question to the read side may take
 * @param syncEntries      entries in one answer of {@code /sync}; what is left is fetched with the cursor answered
 * @param syncWaitsPerUser requests of one user that wait for news at the same time
 */
@ConfigurationProperties("parley.queries")
record QueryHttpProperties(
        @DefaultValue("5s") Duration timeout,
        @DefaultValue("500") int syncEntries,
        @DefaultValue("16") int syncWaitsPerUser) {}
