package chat.parley.backup;

import chat.parley.api.process.StartupFailure;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a backup contains.
 *
 * @param format       version of the directory's layout
 * @param at           when the backup was begun, by the clock of PostgreSQL
 * @param installation which installation of Parley it is of
 * @param head         index of the newest event
 * @param log          name of the transparency log; null if there is none
 * @param migrations   those that made the tables
 * @param tables       in an order in which they can be filled
 * @param sequences    the last value of each sequence that has one
 */
record Manifest(
        int format,
        Instant at,
        String installation,
        long head,
        @Nullable String log,
        List<Migration> migrations,
        List<Table> tables,
        Map<String, Long> sequences) {
    static final int FORMAT = 1;
    static final String EVENTS = "events.domain_events";

    /** @param checksum Flyway's, of the script */
    record Migration(String script, int checksum) {}

    /** @param name with its schema */
    record Table(String name, List<String> columns, long rows) {
        String file() {
            return name + ".copy.gz";
        }

        boolean isOfVault() {
            return name.startsWith("vault.");
        }

        Table withRows(long counted) {
            return new Table(name, columns, counted);
        }

        /** The table and its columns for COPY. */
        String target() {
            return name + columns.stream().collect(Collectors.joining("\", \"", " (\"", "\")"));
        }
    }

    /** @throws StartupFailure if the indexes of the events have a gap */
    void requireAllEvents() {
        long events = tables.stream()
                .filter(table -> table.name().equals(EVENTS))
                .mapToLong(Table::rows)
                .sum();
        if (events != head + 1) {
            throw new StartupFailure(
                    "The event store has " + events + " events below the index " + (head + 1),
                    "Restore it from an older backup");
        }
    }
}
