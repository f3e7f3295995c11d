package chat.parley.audit.export;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Limits of exports that auditors order.
 *
 * @param maxRunning           exports that run on this node at once; each takes about one core
 * @param maxRunningPerAuditor those of one auditor
 * @param maxKeptPerAuditor    exports of one auditor, running and ended ones together
 * @param keep                 how long an ended export is kept
 * @param maxDisk              the most bytes of kept archives and of running exports together
 */
@ConfigurationProperties("parley.audit.export-orders")
record ExportLimits(
        @DefaultValue("2") int maxRunning,
        @DefaultValue("1") int maxRunningPerAuditor,
        @DefaultValue("10") int maxKeptPerAuditor,
        @DefaultValue("24h") Duration keep,
        @DefaultValue("20GB") DataSize maxDisk) {}
