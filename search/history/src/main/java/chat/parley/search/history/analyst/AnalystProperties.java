package chat.parley.search.history.analyst;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Limits for analysts.
 *
 * @param recordTimeout     timeout of recording a search; without a record no result is shown
 * @param maxSavedSearches  highest number of saved searches per user
 * @param maxRunningExports highest number of running exports per user
 * @param maxKeptExports    highest number of exports per user that are remembered, ended ones included; the oldest are
 * forgotten
 * @param exportTtl         how long an ended export is remembered
 */
@ConfigurationProperties("parley.search.analyst")
record AnalystProperties(
        @DefaultValue("10s") Duration recordTimeout,
        @DefaultValue("100") int maxSavedSearches,
        @DefaultValue("2") int maxRunningExports,
        @DefaultValue("20") int maxKeptExports,
        @DefaultValue("1h") Duration exportTtl) {}
