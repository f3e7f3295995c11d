package chat.parley.audit.export.schedule;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Runs the export job at the start and each minute, which finds something to do after each full period. */
final class ExportJobSchedule implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(ExportJobSchedule.class);
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final ExportJob job;
    private final Counter written;
    private final Counter failed;
    private volatile @Nullable ScheduledExecutorService executor;

    ExportJobSchedule(ExportJob job, MeterRegistry meters) {
        this.job = job;
        written = Counter.builder("parley.audit.exports.written")
                .description("Archives that the export job has written")
                .register(meters);
        failed = Counter.builder("parley.audit.exports.failed")
                .description("Runs of the export job that failed and are repeated")
                .register(meters);
    }

    /** Catches every exception, because an exception would end the schedule. */
    private void attempt() {
        try {
            while (job.run()) {
                written.increment();
            }
        } catch (RuntimeException e) {
            failed.increment();
            log.warn("The export job failed and is repeated in a minute", e);
        }
    }

    @Override
    public void start() {
        ScheduledThreadPoolExecutor started = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("export-job-", 0).factory());
        var _ = started.scheduleWithFixedDelay(this::attempt, 0, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        executor = started;
    }

    @Override
    public void stop() {
        ScheduledExecutorService running = executor;
        if (running != null) {
            running.shutdownNow();
            executor = null;
        }
    }

    @Override
    public boolean isRunning() {
        return executor != null;
    }
}
