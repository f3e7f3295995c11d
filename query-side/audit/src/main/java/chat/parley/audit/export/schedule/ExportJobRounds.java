package chat.parley.audit.export.schedule;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Runs the export job until it finds nothing to do, and counts what it writes. */
final class ExportJobRounds {
    private final ExportJob job;
    private final Counter written;
    private final Counter failed;

    ExportJobRounds(ExportJob job, MeterRegistry meters) {
        this.job = job;
        written = Counter.builder("parley.audit.exports.written")
                .description("Archives that the export job has written")
                .register(meters);
        failed = Counter.builder("parley.audit.exports.failed")
                .description("Runs of the export job that failed and are repeated")
                .register(meters);
    }

    void run() {
        try {
            while (job.run()) {
                written.increment();
            }
        } catch (RuntimeException e) {
            failed.increment();
            throw e;
        }
    }
}
