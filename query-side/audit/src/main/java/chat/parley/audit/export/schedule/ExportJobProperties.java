package chat.parley.audit.export.schedule;

import chat.parley.audit.document.DocumentFormat;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the export job.
 *
 * @param period    how often an archive is written; each ends with the last full period in UTC
 * @param directory where archives are written; no job runs without it
 * @param format    the documents that each archive has besides the events; none if it is not set
 */
@ConfigurationProperties("parley.audit.exports")
record ExportJobProperties(
        @DefaultValue("daily") Period period,
        @Nullable Path directory,
        @Nullable DocumentFormat format) {
    /** How often. */
    enum Period {
        HOURLY,
        DAILY
    }
}
