package chat.parley.search.history.analyst;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What analysts may do, and how much of it.
 *
 * @param recordTimeout     how long recording a search may take; nothing is shown of one that is not recorded
 * @param maxSavedSearches  how many searches a user may keep
 * @param maxRunningExports how many exports of one user may run at once
 * @param maxKeptExports    how many exports of one user, ended ones included, are remembered; the oldest are forgotten
 * @param exportTtl         how long an export that has ended is remembered
 */
@ConfigurationProperties("parley.search.analyst")
record AnalystProperties(
        @DefaultValue("10s") Duration recordTimeout,
        @DefaultValue("100") int maxSavedSearches,
        @DefaultValue("2") int maxRunningExports,
        @DefaultValue("20") int maxKeptExports,
        @DefaultValue("1h") Duration exportTtl) {}
