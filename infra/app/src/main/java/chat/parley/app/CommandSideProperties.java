package chat.parley.app;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How commands are handled.
 *
 * @param snapshotEvery events of one aggregate between two snapshots; a snapshot of a busy conversation has up to
 *                      1,024 remembered sends (some 200 KB) and up to 15 bytes for each change it ever had, so far
 *                      fewer cost more than they save
 * @param maxLockWait   how long a command waits for the others of its conversation
 */
@ConfigurationProperties("parley.commands")
record CommandSideProperties(
        @DefaultValue("1000") int snapshotEvery,
        @DefaultValue("10s") Duration maxLockWait) {}
