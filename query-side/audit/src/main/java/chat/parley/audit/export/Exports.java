package chat.parley.audit.export;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.port.RawEvents;
import chat.parley.eventprocessing.feed.Retry;
import chat.parley.transparency.storage.DurableFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.util.backoff.BackOff;
import org.springframework.util.backoff.FixedBackOff;

/**
 * The exports that auditors ordered from this node. Each runs on a thread of its own, and its archive is kept for a time.
 * The disk is the record: what is stored as running when the node starts is begun again.
 */
final class Exports implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(Exports.class);

    private static final long SWEEP_SECONDS = 60;

    /** An export that ends its process each time must not do so at every start. */
    private static final int MOST_ATTEMPTS = 3;

    private static final int UNAVAILABLE = 503;
    private static final BackOff PAUSES = new FixedBackOff(5_000, 59);

    private final RawEvents events;
    private final EventArchiver archiver;
    private final ArchiveRequests requests;
    private final ExportDirectory directory;
    private final KeptExports kept;
    private final Clock clock;
    private final ExportLimits limits;

    /** Guarded by this, like {@link #running}. */
    private final Map<String, KeptExport> exports = new LinkedHashMap<>();

    private final Map<String, RunningExport> running = new HashMap<>();
    private volatile @Nullable ScheduledExecutorService sweeper;

    Exports(
            RawEvents events,
            EventArchiver archiver,
            ArchiveRequests requests,
            ExportDirectory directory,
            KeptExports kept,
            Clock clock,
            ExportLimits limits) {
        this.events = events;
        this.archiver = archiver;
        this.requests = requests;
        this.directory = directory;
        this.kept = kept;
        this.clock = clock;
        this.limits = limits;
        onDisk(() -> kept.load().forEach(export -> exports.put(export.id(), export)));
    }

    /** @throws Refused {@link Refusal#LIMIT_EXCEEDED} */
    synchronized ExportReport begin(UserId auditor, ExportOrder order, ArchiveRequest request) {
        List<KeptExport> own = own(auditor).toList();
        require(running.size() < limits.maxRunning(), "Too many exports run on this server; try again later");
        require(
                own.stream().filter(KeptExport::isRunning).count() < limits.maxRunningPerAuditor(),
                "Another export of yours is running");
        require(own.size() < limits.maxKeptPerAuditor(), "Delete exports that you do not need any more");
        require(keptBytes() < limits.maxDisk().toBytes(), "The disk space of exports is used up");
        KeptExport export = new KeptExport(
                UUID.randomUUID().toString(),
                auditor,
                order.withoutReason(),
                request.range(),
                events.head(),
                1,
                clock.instant(),
                KeptExport.State.RUNNING,
                null,
                null,
                0,
                0);
        put(export);
        run(export, () -> request);
        return report(export);
    }

    private static void require(boolean condition, String detail) {
        if (!condition) {
            throw new Refused(Refusal.LIMIT_EXCEEDED, detail);
        }
    }

    /** Newest first. */
    synchronized List<ExportReport> of(UserId auditor) {
        return own(auditor)
                .sorted(Comparator.comparing(KeptExport::begun).reversed())
                .map(this::report)
                .toList();
    }

    private Stream<KeptExport> own(UserId auditor) {
        return exports.values().stream().filter(export -> export.auditor().equals(auditor));
    }

    /** @throws Refused {@link Refusal#EXPORT_NOT_FOUND}, also for another auditor's export */
    synchronized ExportReport report(UserId auditor, String id) {
        return report(find(auditor, id));
    }

    private KeptExport find(UserId auditor, String id) {
        KeptExport export = exports.get(id);
        if (export == null || !export.auditor().equals(auditor)) {
            throw new Refused(Refusal.EXPORT_NOT_FOUND);
        }
        return export;
    }

    private ExportReport report(KeptExport export) {
        return ExportReport.of(export, running.get(export.id()), limits.keep());
    }

    /** @throws Refused {@link Refusal#EXPORT_NOT_FOUND} or {@link Refusal#EXPORT_NOT_READY} */
    synchronized Path archive(UserId auditor, String id) {
        KeptExport export = find(auditor, id);
        if (export.state() != KeptExport.State.DONE) {
            throw new Refused(Refusal.EXPORT_NOT_READY);
        }
        return kept.archive(export);
    }

    /**
     * Cancels it or deletes its archive.
     *
     * @throws Refused {@link Refusal#EXPORT_NOT_FOUND}
     */
    synchronized void remove(UserId auditor, String id) {
        remove(find(auditor, id));
    }

    private void remove(KeptExport export) {
        cancel(export);
        exports.remove(export.id());
        onDisk(() -> kept.remove(export));
    }

    private void cancel(KeptExport export) {
        RunningExport run = running.remove(export.id());
        if (run != null) {
            run.cancel();
        }
    }

    /**
     * Deletes every archive whose documents have a text or a name of an erased person, and begins again what is writing
     * one. Idempotent.
     *
     * @param index of the event. Who began to read later read nothing of the person any more
     */
    synchronized void erased(long index, UserId user) {
        for (KeptExport export : withTextsOfBefore(index)) {
            RunningExport run = running.get(export.id());
            if (run != null) {
                run.erased(user);
            }
            onDisk(() -> withdrawIf(run == null ? kept.mayHave(export, user) : run.hasErased(), export));
        }
    }

    /**
     * Deletes every archive whose documents may have an expired text, and begins again what may be writing one. Idempotent.
     *
     * @param index        of the event. Who began to read later read the texts no more
     * @param conversation where they were
     */
    synchronized void expired(long index, ConversationId conversation) {
        for (KeptExport export : withTextsOfBefore(index)) {
            String only = export.order().conversation();
            onDisk(() -> withdrawIf(only == null || only.equals(conversation.value()), export));
        }
    }

    /** Without those that wait for the start of this node, because their reading has not begun. */
    private List<KeptExport> withTextsOfBefore(long index) {
        return exports.values().stream()
                .filter(export -> export.order().format() != null && export.head() < index)
                .filter(export -> running.containsKey(export.id()) || export.state() == KeptExport.State.DONE)
                .toList();
    }

    private void withdrawIf(boolean concerned, KeptExport export) throws IOException {
        if (!concerned) {
            return;
        }
        if (export.isRunning()) {
            cancel(export);
            beginAgain(export);
        } else {
            kept.removeArchive(export);
            put(export.withdrawn(clock.instant()));
        }
    }

    private void beginAgain(KeptExport export) {
        KeptExport again = export.begunAgain(events.head());
        put(again);
        run(again, () -> requests.of(again.order(), again.range()));
    }

    private void run(KeptExport export, Supplier<ArchiveRequest> request) {
        RunningExport run = new RunningExport(export.range(), export.order().format() != null, this::requireSpace);
        running.put(export.id(), run);
        Thread.ofPlatform().daemon().name("export-" + export.id()).start(() -> write(export, request, run));
    }

    /** However it ends, nothing stays running that does not run. */
    private void write(KeptExport export, Supplier<ArchiveRequest> request, RunningExport run) {
        try {
            attempt(export, request, run);
        } catch (CancellationException cancelled) {
            log.debug("Export {} was cancelled", export.id());
        } catch (Refused refused) {
            fail(export, run, refused.refusal(), refused);
        } catch (IOException | RuntimeException | InterruptedException failed) {
            fail(export, run, Refusal.INTERNAL_ERROR, failed);
        } catch (Error failed) {
            fail(export, run, Refusal.INTERNAL_ERROR, failed);
            throw failed;
        }
    }

    /** Waits while a part of the server is away, as all are right after a start. */
    private void attempt(KeptExport export, Supplier<ArchiveRequest> request, RunningExport run)
            throws IOException, InterruptedException {
        Optional<Refused> refused = Retry.until(Optional::isEmpty, PAUSES, () -> archive(export, request, run));
        if (refused.isPresent()) {
            throw refused.get();
        }
    }

    /** Answers the refusal if a part of the server is away. */
    private Optional<Refused> archive(KeptExport export, Supplier<ArchiveRequest> request, RunningExport run)
            throws IOException {
        try {
            archive(export, request.get(), run);
            return Optional.empty();
        } catch (Refused refused) {
            if (refused.refusal().status() != UNAVAILABLE) {
                throw refused;
            }
            return Optional.of(refused);
        }
    }

    private void archive(KeptExport export, ArchiveRequest request, RunningExport run) throws IOException {
        try (EventArchiver.Archive archive = archiver.archive(request, run)) {
            DurableFiles.force(archive.file());
            end(export, run, archive);
        }
    }

    private synchronized void end(KeptExport export, RunningExport run, EventArchiver.Archive archive)
            throws IOException {
        if (running.get(export.id()) != run) {
            return;
        }
        if (run.hasErased()) {
            beginAgain(export);
            return;
        }
        long bytes = Files.size(archive.file());
        kept.take(export, archive.file(), run.authors());
        put(export.done(clock.instant(), archive.events(), bytes));
        running.remove(export.id());
    }

    private synchronized void fail(KeptExport export, RunningExport run, Refusal refusal, Throwable cause) {
        if (running.remove(export.id(), run)) {
            log.warn("Export {} failed", export.id(), cause);
            put(export.failed(clock.instant(), refusal));
        }
    }

    /** An archive is packed from files that are as large as it is. */
    private void requireSpace() {
        onDisk(() -> require(
                keptBytes() + 2 * directory.bytes() <= limits.maxDisk().toBytes(),
                "The disk space of exports is used up"));
    }

    private synchronized long keptBytes() {
        return exports.values().stream().mapToLong(KeptExport::bytes).sum();
    }

    private void put(KeptExport export) {
        kept.store(export);
        exports.put(export.id(), export);
    }

    private interface DiskAction {
        void run() throws IOException;
    }

    private static void onDisk(DiskAction action) {
        try {
            action.run();
        } catch (IOException e) {
            throw new UncheckedIOException("The directory of exports cannot be used", e);
        }
    }

    private synchronized void removeExpired() {
        List.copyOf(exports.values()).stream()
                .filter(export -> export.endedBefore(clock.instant().minus(limits.keep())))
                .forEach(this::remove);
    }

    /** Catches every exception, because an exception would end the schedule. */
    private void sweep() {
        try {
            removeExpired();
        } catch (RuntimeException failed) {
            log.warn("Expired exports could not be deleted; this is tried again in a minute", failed);
        }
    }

    @Override
    public synchronized void start() {
        List.copyOf(exports.values()).stream()
                .filter(export -> export.isRunning() && !running.containsKey(export.id()))
                .forEach(this::resume);
        ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("export-sweeper").factory());
        var _ = started.scheduleWithFixedDelay(this::sweep, 0, SWEEP_SECONDS, TimeUnit.SECONDS);
        sweeper = started;
    }

    private void resume(KeptExport interrupted) {
        if (interrupted.attempts() < MOST_ATTEMPTS) {
            beginAgain(interrupted);
        } else {
            log.warn("Export {} was interrupted {} times and is given up", interrupted.id(), interrupted.attempts());
            put(interrupted.failed(clock.instant(), Refusal.INTERNAL_ERROR));
        }
    }

    /** What runs stays stored as running. */
    @Override
    public synchronized void stop() {
        ScheduledExecutorService started = sweeper;
        if (started != null) {
            started.shutdownNow();
            sweeper = null;
        }
        running.values().forEach(RunningExport::cancel);
        running.clear();
    }

    @Override
    public boolean isRunning() {
        return sweeper != null;
    }
}
