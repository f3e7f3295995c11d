package chat.parley.audit.export.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.audit.ConversationScenario;
import chat.parley.audit.document.DocumentFormat;
import chat.parley.audit.export.ExportHarness;
import chat.parley.testing.MutableClock;
import chat.parley.verify.ArchiveNames;
import chat.parley.verify.ExportVerifier.Verified;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionOperations;

/** Each event is in exactly one archive, wherever a run is killed. */
class RunningTheExportJobTest {
    @TempDir
    private Path directory;

    private final ConversationScenario talk = new ConversationScenario();
    private final UserId ann = talk.named("ann", "Ann");
    private final UserId bob = talk.named("bob", "Bob");
    private final ConversationId pair = talk.direct("pair", ann, bob);
    private final List<String> accesses = new ArrayList<>();
    private ExportHarness harness;
    private MutableClock clock;

    @BeforeEach
    void open() {
        harness = new ExportHarness(talk, directory);
        clock = MutableClock.betweenMilliseconds();
        at(Duration.ofMinutes(1));
    }

    @AfterEach
    void close() {
        harness.close();
    }

    /** Moves the clock to so long after the beginning of the talk. */
    private void at(Duration after) {
        clock.advance(Duration.between(clock.instant(), ConversationScenario.BEGIN.plus(after)));
    }

    private ExportJob job(TransactionOperations transactions, ExportJob.AccessRecord access) {
        return new ExportJob(
                harness.log.vault(),
                transactions,
                talk.raw,
                harness.archiver,
                access,
                clock,
                new ExportJobProperties(ExportJobProperties.Period.HOURLY, out(), null, DocumentFormat.SLACK),
                new FolderStore(out()));
    }

    private Path out() {
        return directory.resolve("out");
    }

    private ExportJob job() {
        return job(harness.log.transactions(), (what, reason) -> accesses.add(what));
    }

    private List<String> archives() throws IOException {
        try (Stream<Path> files = Files.list(out())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".zip"))
                    .sorted()
                    .toList();
        }
    }

    /** Requires the archives to have all indexes up to this one once, without a gap. */
    private void requireComplete(long through) throws Exception {
        long next = 0;
        for (String name : archives()) {
            Verified verified = ExportHarness.verified(out().resolve(name));
            assertThat(verified.manifest().isComplete()).isTrue();
            assertThat(verified.manifest().first()).isEqualTo(next);
            assertThat(verified.manifest().files()).containsKey(ArchiveNames.SLACK);
            next = verified.manifest().last() + 1;
        }
        assertThat(next).isEqualTo(through + 1);
    }

    @Test
    void eachPeriodContinuesTheOneBefore() throws Exception {
        talk.send(pair, ann, "one");
        assertThat(job().run()).isTrue();
        assertThat(job().run()).isFalse();
        talk.pass(Duration.ofMinutes(10));
        talk.send(pair, bob, "in the present hour");
        assertThat(job().run()).isFalse();
        at(Duration.ofHours(3));
        assertThat(job().run()).isTrue();
        assertThat(job().run()).isFalse();
        assertThat(archives()).hasSize(2);
        assertThat(accesses).containsExactly("events 0 to 1", "events 2 to 2");
        requireComplete(2);
    }

    @Test
    void anArchiveThatWasWrittenBeforeTheKillIsAdopted() throws Exception {
        talk.send(pair, ann, "one");
        TransactionOperations killedBeforeTheCommit = new TransactionOperations() {
            @Override
            public <T> T execute(TransactionCallback<T> action) {
                return harness.log.transactions().execute(status -> {
                    action.doInTransaction(status);
                    throw killed(status);
                });
            }
        };
        ExportJob killed = job(killedBeforeTheCommit, (what, reason) -> accesses.add(what));
        assertThatIllegalStateException().isThrownBy(killed::run);
        assertThat(archives()).hasSize(1);
        assertThat(job().run()).isTrue();
        assertThat(job().run()).isFalse();
        assertThat(archives()).hasSize(1);
        assertThat(accesses).hasSize(1);
        requireComplete(1);
    }

    private static IllegalStateException killed(TransactionStatus status) {
        return new IllegalStateException("Killed in " + status);
    }

    @Test
    void aHalfWrittenArchiveIsWrittenAgain() throws Exception {
        talk.send(pair, ann, "one");
        Files.createDirectories(out());
        Files.writeString(out().resolve("parley-000000000000-000000000001.zip.part"), "half");
        assertThat(job().run()).isTrue();
        requireComplete(1);
        try (Stream<Path> files = Files.list(out())) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void nothingIsWrittenThatCannotBeRecorded() throws Exception {
        talk.send(pair, ann, "one");
        ExportJob unrecorded = job(harness.log.transactions(), (what, reason) -> {
            throw new IllegalStateException("The event store is away");
        });
        assertThatIllegalStateException().isThrownBy(unrecorded::run);
        assertThat(archives()).isEmpty();
        assertThat(job().run()).isTrue();
        requireComplete(1);
    }

    @Test
    void twoNodesDoNotRunAtOnce() throws Exception {
        talk.send(pair, ann, "one");
        List<Boolean> others = new ArrayList<>();
        ExportJob first = job(
                harness.log.transactions(),
                (what, reason) -> others.add(
                        CompletableFuture.supplyAsync(() -> job().run()).join()));
        assertThat(first.run()).isTrue();
        assertThat(others).containsExactly(false);
        requireComplete(1);
    }
}
