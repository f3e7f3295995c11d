package chat.parley.app;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of command handling.
 *
 * @param snapshotEvery   number of events of an aggregate between two snapshots. A snapshot of a busy conversation
 * contains up to 1,024 message ids (about 200 KB) and up to 15 bytes per change, so a much smaller number costs more
 * than it saves
 * @param maxLockWait     how long a command waits for other commands of its conversation
 */
@ConfigurationProperties("parley.commands")
record CommandSideProperties(
        @DefaultValue("1000") int snapshotEvery,
        @DefaultValue("10s") Duration maxLockWait) {}
