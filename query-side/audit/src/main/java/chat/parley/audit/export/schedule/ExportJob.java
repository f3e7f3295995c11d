package chat.parley.audit.export.schedule;

import chat.parley.api.port.RawEvents;
import chat.parley.audit.document.DocumentFormat;
import chat.parley.audit.event.EventFilter;
import chat.parley.audit.event.EventRange;
import chat.parley.audit.export.ArchiveProgress;
import chat.parley.audit.export.ArchiveRequest;
import chat.parley.audit.export.EventArchiver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Writes each event of the store into exactly one archive, {@code parley-<first>-<last>.zip}. A run takes a lock of the
 * database, so that no two nodes run at a time, and then:
 *
 * <ol>
 *   <li>adopts an archive that begins after the last exported index: a killed run has written it, but not the row;
 *   <li>else records the access and stores an archive, in one step;
 *   <li>writes the row with the last exported index.
 * </ol>
 */
final class ExportJob {
    private static final String PREFIX = "parley-%012d-";
    private static final Pattern NAME = Pattern.compile("parley-\\d{12,18}-(\\d{12,18})\\.zip");
    private static final EventFilter EVERYTHING = EventFilter.ofTypes(Set.of());

    private final JdbcClient vault;
    private final TransactionOperations transactions;
    private final RawEvents events;
    private final EventArchiver archiver;
    private final AccessRecord access;
    private final Clock clock;
    private final ChronoUnit period;
    private final ArchiveStore archives;
    private final Optional<DocumentFormat> format;

    /** Records an access of the system. */
    @FunctionalInterface
    interface AccessRecord {
        void record(String what, String reason);
    }

    ExportJob(
            DataSource vault,
            TransactionOperations transactions,
            RawEvents events,
            EventArchiver archiver,
            AccessRecord access,
            Clock clock,
            ExportJobProperties properties,
            ArchiveStore archives) {
        this.vault = JdbcClient.create(vault);
        this.transactions = transactions;
        this.events = events;
        this.archiver = archiver;
        this.access = access;
        this.clock = clock;
        this.period = properties.period() == ExportJobProperties.Period.HOURLY ? ChronoUnit.HOURS : ChronoUnit.DAYS;
        this.archives = archives;
        this.format = Optional.ofNullable(properties.format());
    }

    /** Exports what the last full periods have; returns whether there was something. */
    boolean run() {
        return Boolean.TRUE.equals(transactions.execute(status -> lock() && exportAfter(last())));
    }

    /** Until the end of the transaction; false while another node has the lock. */
    private boolean lock() {
        return vault.sql("SELECT pg_try_advisory_xact_lock(hashtextextended('export-job', 0))")
                .query(Boolean.class)
                .single();
    }

    private long last() {
        return vault.sql("SELECT through FROM vault.export_job")
                .query(Long.class)
                .optional()
                .orElse(-1L);
    }

    private boolean exportAfter(long last) {
        try {
            OptionalLong adopted = writtenAfter(last);
            if (adopted.isPresent()) {
                exported(adopted.getAsLong());
                return true;
            }
            Instant end = clock.instant().truncatedTo(period);
            long through = events.firstAt(end) - 1;
            if (through <= last) {
                return false;
            }
            write(new EventRange(last, through));
            exported(through);
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException("An archive could not be written to " + archives, e);
        }
    }

    /** The last index of an archive that begins after this one. */
    private OptionalLong writtenAfter(long last) throws IOException {
        return archives.names(PREFIX.formatted(last + 1)).stream()
                .map(NAME::matcher)
                .filter(Matcher::matches)
                .mapToLong(name -> Long.parseLong(name.group(1)))
                .findFirst();
    }

    private void write(EventRange range) throws IOException {
        access.record("events " + (range.after() + 1) + " to " + range.through(), "The export job");
        ArchiveRequest request = new ArchiveRequest(range, EVERYTHING, Optional.empty(), format);
        try (EventArchiver.Archive archive = archiver.archive(request, ArchiveProgress.NONE)) {
            archives.put(PREFIX.formatted(range.after() + 1) + "%012d.zip".formatted(range.through()), archive.file());
        }
    }

    private void exported(long through) {
        vault.sql("INSERT INTO vault.export_job (through) VALUES (?)"
                        + " ON CONFLICT (only_row) DO UPDATE SET through = EXCLUDED.through")
                .param(through)
                .update();
    }
}
