package chat.parley.audit.export.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.audit.ConversationScenario;
import chat.parley.audit.export.ExportHarness;
import chat.parley.testing.MutableClock;
import chat.parley.verify.ExportVerifier.Verified;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

/** The export job with a bucket, over the protocol of S3. */
class StoringArchivesInS3Test {
    private static final String BUCKET = "archives";

    @TempDir
    private static Path shared;

    private static S3Server server;
    private static S3Client client;

    @TempDir
    private Path directory;

    private final ConversationScenario talk = new ConversationScenario();
    private final UserId ann = talk.named("ann", "Ann");
    private final ConversationId pair = talk.direct("pair", ann, talk.named("bob", "Bob"));
    private final List<String> accesses = new ArrayList<>();
    private final MutableClock clock = MutableClock.betweenMilliseconds();
    private final String folder = UUID.randomUUID() + "/";
    private ExportHarness harness;

    @BeforeAll
    static void serve() throws IOException {
        server = new S3Server(shared, BUCKET);
        client = server.client();
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    @BeforeEach
    void open() {
        harness = new ExportHarness(talk, directory);
        clock.advance(Duration.between(clock.instant(), ConversationScenario.BEGIN.plusSeconds(60)));
    }

    @AfterEach
    void close() {
        harness.close();
    }

    private S3Store store() {
        return new S3Store(client, BUCKET, folder);
    }

    private ExportJob job(ArchiveStore archives) {
        return new ExportJob(
                harness.log.vault(),
                harness.log.transactions(),
                talk.raw,
                harness.archiver,
                (what, reason) -> accesses.add(what),
                clock,
                new ExportJobProperties(ExportJobProperties.Period.HOURLY, null, null, null),
                archives);
    }

    private Path downloaded(String name) {
        Path file = directory.resolve(UUID.randomUUID().toString());
        client.getObject(get -> get.bucket(BUCKET).key(folder + name), file);
        return file;
    }

    @Test
    void eachPeriodContinuesTheOneBefore() throws Exception {
        talk.send(pair, ann, "one");
        assertThat(job(store()).run()).isTrue();
        assertThat(job(store()).run()).isFalse();
        talk.pass(Duration.ofMinutes(10));
        talk.send(pair, ann, "in the next hour");
        clock.advance(Duration.ofHours(2));
        assertThat(job(store()).run()).isTrue();
        assertThat(store().names("parley-"))
                .containsExactly("parley-000000000000-000000000001.zip", "parley-000000000002-000000000002.zip");
        for (String name : store().names("parley-")) {
            Verified verified = ExportHarness.verified(downloaded(name));
            assertThat(verified.manifest().isComplete()).isTrue();
        }
    }

    /** Stores, and is killed before the row is written. */
    private final class KilledAfterwards implements ArchiveStore {
        @Override
        public List<String> names(String prefix) throws IOException {
            return store().names(prefix);
        }

        @Override
        public void put(String name, Path archive) throws IOException {
            store().put(name, archive);
            throw new IllegalStateException("Killed");
        }
    }

    @Test
    void anArchiveThatWasStoredBeforeTheKillIsAdopted() throws Exception {
        talk.send(pair, ann, "one");
        assertThatThrownBy(job(new KilledAfterwards())::run).hasMessage("Killed");
        assertThat(job(store()).run()).isTrue();
        assertThat(job(store()).run()).isFalse();
        assertThat(store().names("")).hasSize(1);
        assertThat(accesses).hasSize(1);
    }

    @Test
    void anArchiveIsNeverReplaced() throws Exception {
        Path first = Files.writeString(directory.resolve("first"), "first");
        Path second = Files.writeString(directory.resolve("second"), "second");
        store().put("archive.zip", first);
        assertThatIOException().isThrownBy(() -> store().put("archive.zip", second));
        assertThat(downloaded("archive.zip")).hasContent("first");
    }

    @Test
    void whatAKilledRunHasUploadedIsDroppedAndAllPartsArrive() throws Exception {
        client.createMultipartUpload(create -> create.bucket(BUCKET).key(folder + "large.zip"));
        byte[] content = new byte[20 * 1024 * 1024];
        new Random(18).nextBytes(content);
        Path large = Files.write(directory.resolve("large"), content);
        store().put("large.zip", large);
        assertThat(downloaded("large.zip")).hasSameBinaryContentAs(large);
        assertThat(client.listMultipartUploads(list -> list.bucket(BUCKET).prefix(folder))
                        .uploads())
                .isEmpty();
    }

    @Test
    void aBucketThatIsNotThereIsAFailureOfTheRun() {
        talk.send(pair, ann, "one");
        assertThatThrownBy(job(new S3Store(client, "no-such-bucket", ""))::run).hasMessageContaining("no-such-bucket");
        assertThat(accesses).isEmpty();
    }
}
