package chat.parley.audit.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.audit.ConversationScenario;
import chat.parley.audit.event.EventRange;
import chat.parley.eventprocessing.query.QueryClient;
import chat.parley.testing.InMemoryQueries;
import chat.parley.testing.MutableClock;
import chat.parley.verify.ArchiveNames;
import chat.parley.verify.ExportVerifier.Verified;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.json.JsonMapper;

/** An ordered export runs, is kept and is deleted, and a restart loses none. */
class KeepingExportsTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final UserId CLARA = new UserId("clara");
    private static final UserId DORA = new UserId("dora");
    private static final ExportLimits LIMITS = limits(DataSize.ofMegabytes(100));

    @TempDir
    private Path directory;

    private final ConversationScenario talk = new ConversationScenario();
    private final UserId ann = talk.named("ann", "Ann");
    private final UserId bob = talk.named("bob", "Bob");
    private final ConversationId pair = talk.direct("pair", ann, bob);
    private final HeldEvents events = new HeldEvents(talk.raw);
    private final MutableClock clock = MutableClock.betweenMilliseconds();
    private ExportHarness harness;
    private Exports exports;

    private static ExportLimits limits(DataSize disk) {
        return new ExportLimits(2, 1, 3, Duration.ofHours(24), disk);
    }

    @BeforeEach
    void open() {
        talk.send(pair, ann, "말 of ann");
        talk.send(pair, bob, "words of bob");
        harness = new ExportHarness(talk, events, directory);
        exports = start(LIMITS);
    }

    @AfterEach
    void close() {
        events.release();
        exports.stop();
        harness.close();
    }

    /** As after a restart, if there were others on the same disk. */
    private Exports start(ExportLimits limits) {
        Exports started = new Exports(
                events,
                harness.archiver,
                requests(),
                harness.directory,
                new KeptExports(directory.resolve("kept")),
                clock,
                limits);
        started.start();
        return started;
    }

    private ArchiveRequests requests() {
        return new ArchiveRequests(
                new QueryClient(InMemoryQueries.gateway(talk), Duration.ofSeconds(10)), JsonMapper.shared());
    }

    private static ExportOrder order(@Nullable String conversation, @Nullable String format) {
        return new ExportOrder("case 18", null, null, null, null, conversation, null, null, null, null, format, null);
    }

    private String begin(UserId auditor, ExportOrder order) {
        return exports.begin(auditor, order, requests().of(order, EventRange.of(talk.raw, order.events())))
                .id();
    }

    private ExportReport ended(UserId auditor, String id) {
        return Awaitility.await().atMost(LIMIT).until(() -> exports.report(auditor, id), ExportReport::isOver);
    }

    private static void refused(Refusal refusal, Executable action) {
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(action::execute)
                .extracting(Refused::refusal)
                .isEqualTo(refusal);
    }

    private List<Path> files(String of) throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve(of))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void theArchiveIsKeptForItsAuditorAlone() throws Exception {
        String id = begin(CLARA, order(null, "slack"));
        ExportReport report = ended(CLARA, id);
        assertThat(report.state()).isEqualTo("done");
        assertThat(report.percent()).isEqualTo(100);
        assertThat(report.events()).isEqualTo(3);
        assertThat(report.last()).isEqualTo(talk.raw.head());
        Path archive = exports.archive(CLARA, id);
        assertThat(Files.size(archive)).isEqualTo(report.bytes());
        Verified verified = ExportHarness.verified(archive);
        assertThat(verified.manifest().isComplete()).isTrue();
        assertThat(verified.manifest().files()).containsKey(ArchiveNames.SLACK);
        refused(Refusal.EXPORT_NOT_FOUND, () -> exports.archive(DORA, id));
        refused(Refusal.EXPORT_NOT_FOUND, () -> exports.report(DORA, id));
        refused(Refusal.EXPORT_NOT_FOUND, () -> exports.remove(DORA, id));
        assertThat(exports.of(DORA)).isEmpty();
        assertThat(exports.of(CLARA)).containsExactly(report);

        exports.remove(CLARA, id);
        refused(Refusal.EXPORT_NOT_FOUND, () -> exports.report(CLARA, id));
        assertThat(files("kept")).isEmpty();
    }

    @Test
    void theProgressOfBothHalvesIsTold() {
        RunningExport running = new RunningExport(new EventRange(9, 19), true, () -> {});
        running.read(10);
        assertThat(running.done()).isEqualTo(1);
        assertThat(running.total()).isEqualTo(20);
        running.read(19);
        running.documents(4);
        running.documented(3);
        assertThat(running.done()).isEqualTo(13);
        assertThat(running.total()).isEqualTo(14);
    }

    @Test
    void tooManyAreRefused() {
        events.hold();
        String first = begin(CLARA, order(null, null));
        refused(Refusal.LIMIT_EXCEEDED, () -> begin(CLARA, order(null, null)));
        begin(DORA, order(null, null));
        refused(Refusal.LIMIT_EXCEEDED, () -> begin(new UserId("emma"), order(null, null)));
        refused(Refusal.EXPORT_NOT_READY, () -> exports.archive(CLARA, first));
        events.release();
        ended(CLARA, first);
        ended(CLARA, begin(CLARA, order(null, null)));
        ended(CLARA, begin(CLARA, order(null, null)));
        refused(Refusal.LIMIT_EXCEEDED, () -> begin(CLARA, order(null, null)));
        exports.remove(CLARA, first);
        ended(CLARA, begin(CLARA, order(null, null)));
    }

    @Test
    void theDiskIsBounded() throws IOException {
        ended(CLARA, begin(CLARA, order(null, null)));
        exports.stop();
        exports = start(limits(DataSize.ofBytes(10)));
        refused(Refusal.LIMIT_EXCEEDED, () -> begin(CLARA, order(null, null)));
        assertThat(files("kept")).hasSize(3);
    }

    @Test
    void aCancelledExportLeavesNothing() throws Exception {
        events.hold();
        String id = begin(CLARA, order(null, "eml"));
        exports.remove(CLARA, id);
        events.release();
        Awaitility.await().atMost(LIMIT).until(() -> files("work").isEmpty());
        assertThat(files("kept")).isEmpty();
    }

    @Test
    void anExportThatARestartInterruptsIsBegunAgainWithTheSameEvents() throws Exception {
        events.hold();
        String id = begin(CLARA, order("pair", "rsmf"));
        exports.stop();
        events.release();
        talk.send(pair, ann, "after the order");
        exports = start(LIMITS);
        assertThat(ended(CLARA, id).state()).isEqualTo("done");
        assertThat(ExportHarness.verified(exports.archive(CLARA, id)).manifest().events())
                .isEqualTo(3);
    }

    @Test
    void anExportThatIsInterruptedAgainAndAgainIsGivenUp() {
        events.hold();
        String id = begin(CLARA, order(null, null));
        for (int restart = 0; restart < 3; restart++) {
            exports.stop();
            exports = start(LIMITS);
        }
        assertThat(exports.report(CLARA, id).state()).isEqualTo("failed");
        assertThat(exports.report(CLARA, id).failure()).isEqualTo("internal-error");
    }

    @Test
    void whatFailsSaysWhy() {
        events.hold();
        String id = begin(CLARA, order(null, null));
        events.fail();
        ExportReport report = ended(CLARA, id);
        assertThat(report.state()).isEqualTo("failed");
        assertThat(report.failure()).isEqualTo("internal-error");
    }

    @Test
    void anArchiveIsDeletedAfterItsTime() throws Exception {
        String id = begin(CLARA, order(null, null));
        ended(CLARA, id);
        exports.stop();
        clock.advance(Duration.ofHours(23));
        exports = start(LIMITS);
        assertThat(exports.report(CLARA, id).state()).isEqualTo("done");
        exports.stop();
        clock.advance(Duration.ofHours(2));
        exports = start(LIMITS);
        Awaitility.await().atMost(LIMIT).until(() -> exports.of(CLARA).isEmpty());
        assertThat(files("kept")).isEmpty();
    }

    @Test
    void anErasureWithdrawsReadableTextsOfThatPerson() throws Exception {
        UserId carol = talk.named("carol", "Carol");
        talk.send(talk.direct("other", carol, bob), carol, "not in the archive");
        String readable = begin(CLARA, order("pair", "slack"));
        String sealed = begin(DORA, order("pair", null));
        ended(CLARA, readable);
        ended(DORA, sealed);
        exports.stop();
        exports = start(LIMITS);
        long erased = talk.raw.head() + 1;
        exports.erased(erased, carol);
        exports.erased(erased - 1, ann);
        assertThat(exports.report(CLARA, readable).state()).isEqualTo("done");
        exports.erased(erased, ann);
        assertThat(exports.report(CLARA, readable).state()).isEqualTo("withdrawn");
        refused(Refusal.EXPORT_NOT_READY, () -> exports.archive(CLARA, readable));
        assertThat(exports.report(DORA, sealed).state()).isEqualTo("done");
        assertThat(files("kept/" + readable)).containsExactly(directory.resolve("kept/" + readable + "/export.json"));
    }

    @Test
    void anErasureWithdrawsAnArchiveWhosePeopleAreNotKnown() throws Exception {
        String id = begin(CLARA, order("pair", "slack"));
        ended(CLARA, id);
        Files.delete(directory.resolve("kept/" + id + "/authors.json"));
        exports.erased(talk.raw.head() + 1, new UserId("anybody"));
        assertThat(exports.report(CLARA, id).state()).isEqualTo("withdrawn");
    }

    @Test
    void anExpiryWithdrawsReadableTextsOfTheConversation() {
        String id = begin(CLARA, order("pair", "slack"));
        ended(CLARA, id);
        exports.expired(talk.raw.head() + 1, new ConversationId("other"));
        assertThat(exports.report(CLARA, id).state()).isEqualTo("done");
        exports.expired(talk.raw.head() + 1, pair);
        assertThat(exports.report(CLARA, id).state()).isEqualTo("withdrawn");
    }

    @Test
    void anExpiryWhileTextsAreReadBeginsTheExportAgain() throws Exception {
        events.hold();
        String id = begin(CLARA, order("pair", "slack"));
        talk.send(pair, ann, "as if it were an expiry");
        exports.expired(talk.raw.head(), pair);
        events.release();
        assertThat(ended(CLARA, id).state()).isEqualTo("done");
        assertThat(attempts()).containsExactly(2);
        exports.expired(talk.raw.head(), pair);
        assertThat(exports.report(CLARA, id).state()).isEqualTo("done");
    }

    /** As on a node that reads the event while it has the key in memory. */
    @Test
    void anExportThatReadsAnErasedTextIsBegunAgain() throws Exception {
        CountDownLatch reading = talk.protection().holdRevealed();
        String id = begin(CLARA, order("pair", "slack"));
        Awaitility.await().atMost(LIMIT).until(talk.protection()::isHeld);
        talk.send(pair, ann, "as if it were an erasure");
        exports.erased(talk.raw.head(), ann);
        assertThat(attempts()).containsExactly(1);
        reading.countDown();
        assertThat(ended(CLARA, id).state()).isEqualTo("done");
        assertThat(attempts()).containsExactly(2);
    }

    @Test
    void anErasureOfSomebodyElseEndsNoRunningExport() throws Exception {
        events.hold();
        String id = begin(CLARA, order("pair", "slack"));
        talk.send(pair, ann, "as if it were an erasure");
        exports.erased(talk.raw.head(), new UserId("carol"));
        events.release();
        assertThat(ended(CLARA, id).state()).isEqualTo("done");
        assertThat(attempts()).containsExactly(1);
    }

    /** How often each stored export was begun. */
    private List<Integer> attempts() throws IOException {
        return new KeptExports(directory.resolve("kept"))
                .load().stream().map(KeptExport::attempts).toList();
    }
}
