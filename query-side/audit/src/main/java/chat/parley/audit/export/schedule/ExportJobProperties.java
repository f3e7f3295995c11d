package chat.parley.audit.export.schedule;

import chat.parley.audit.document.DocumentFormat;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the export job. No job runs without a directory or a bucket.
 *
 * @param period    how often an archive is written; each ends with the last full period in UTC
 * @param directory where archives are written
 * @param s3        the bucket where archives are written instead
 * @param format    the documents that each archive has besides the events; none if it is not set
 */
@ConfigurationProperties("parley.audit.exports")
record ExportJobProperties(
        @DefaultValue("daily") Period period,
        @Nullable Path directory,
        @Nullable S3 s3,
        @Nullable DocumentFormat format) {
    /** How often. */
    enum Period {
        HOURLY,
        DAILY
    }

    /**
     * A bucket.
     *
     * @param folder    the beginning of the objects' names
     * @param region    as Amazon's clients find it, if it is not set
     * @param endpoint  of a server of another kind that speaks S3's protocol
     * @param pathStyle whether the bucket is named in the path instead of the host
     */
    record S3(
            String bucket,
            @DefaultValue("") String folder,
            @Nullable String region,
            @Nullable URI endpoint,
            @DefaultValue("false") boolean pathStyle) {}

    ArchiveStore store() {
        if (directory != null && s3 != null) {
            throw new IllegalStateException(
                    "Set either parley.audit.exports.directory or parley.audit.exports.s3.bucket, not both");
        }
        if (s3 != null) {
            return S3Store.of(s3);
        }
        if (directory != null) {
            return new FolderStore(directory);
        }
        throw new IllegalStateException("The export job has neither a directory nor a bucket");
    }
}
