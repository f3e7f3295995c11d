package chat.parley.query.http;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the read endpoints.
 *
 * @param timeout          time within which the read side has to answer one query
 * @param syncEntries      maximum entries in one answer of {@code /sync}; its cursor leads to the next ones
 * @param syncWaitsPerUser maximum requests of one user that wait for new entries at the same time
 */
@ConfigurationProperties("parley.queries")
record QueryHttpProperties(
        @DefaultValue("5s") Duration timeout,
        @DefaultValue("500") int syncEntries,
        @DefaultValue("16") int syncWaitsPerUser) {}
