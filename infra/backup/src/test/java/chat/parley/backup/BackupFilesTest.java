package chat.parley.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parley.api.process.StartupFailure;
import chat.parley.backup.Manifest.Migration;
import chat.parley.backup.Manifest.Table;
import chat.parley.cli.Progress;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The directory of a backup: what was written is read, and every other byte is found. */
class BackupFilesTest {
    private static final Table KEYS = new Table("vault.text_keys", List.of("key_id", "wrapped"), 2);
    private static final Table EVENTS = new Table("events.domain_events", List.of("global_index"), 1);
    private static final Manifest MANIFEST = new Manifest(
            Manifest.FORMAT,
            Instant.parse("2026-03-01T09:00:00Z"),
            "ours",
            0,
            "chat.example/log",
            List.of(new Migration("V1__keys.sql", 7)),
            List.of(KEYS, EVENTS),
            Map.of("events.global_index", 1L));

    private final byte[] rows = new byte[200_000];
    private final StringWriter shown = new StringWriter();

    @TempDir
    private Path directory;

    @BeforeEach
    void write() throws IOException, SQLException {
        new SecureRandom().nextBytes(rows);
        BackupWriter writer = BackupWriter.into(directory);
        for (Table table : MANIFEST.tables()) {
            assertThat(writer.write(table.file(), file -> {
                        file.write(rows);
                        return table.rows();
                    }))
                    .isEqualTo(table.rows());
        }
        writer.finish(MANIFEST);
    }

    private Progress progress() {
        return Progress.on(new PrintWriter(shown));
    }

    private void expectDamage(String reason) {
        assertThatThrownBy(() -> BackupReader.open(directory).verify(progress()))
                .isInstanceOf(DamagedBackup.class)
                .hasMessageContaining(reason);
    }

    private void flip(String name, int at) throws IOException {
        Path file = directory.resolve(name);
        byte[] bytes = Files.readAllBytes(file);
        bytes[at] ^= 1;
        Files.write(file, bytes);
    }

    @Test
    void readsWhatWasWritten() throws IOException {
        BackupReader reader = BackupReader.open(directory);
        assertThat(reader.manifest()).isEqualTo(MANIFEST);
        reader.verify(progress());
        for (Table table : MANIFEST.tables()) {
            assertThat(reader.rows(table, progress())).hasBinaryContent(rows);
        }
        assertThat(shown.toString()).contains("checked", KEYS.name(), EVENTS.name());
    }

    @Test
    void findsEachFlippedByteOfTheManifestAndTheSums() throws IOException {
        for (String name : List.of("manifest.json", "SHA256SUMS")) {
            int size = (int) Files.size(directory.resolve(name));
            for (int at = 0; at < size; at++) {
                flip(name, at);
                assertThatThrownBy(() -> BackupReader.open(directory).verify(progress()))
                        .as("byte %d of %s", at, name)
                        .isInstanceOf(DamagedBackup.class);
                flip(name, at);
            }
        }
        BackupReader.open(directory).verify(progress());
    }

    @Test
    void findsAFlippedByteAndACutEndOfATable() throws IOException {
        flip(EVENTS.file(), 100_000);
        expectDamage(EVENTS.file() + " is damaged");
        flip(EVENTS.file(), 100_000);
        Path keys = directory.resolve(KEYS.file());
        Files.write(keys, Arrays.copyOf(Files.readAllBytes(keys), 100_000));
        expectDamage(KEYS.file() + " is damaged");
    }

    @Test
    void anUnfinishedOneIsNamed() throws IOException {
        Files.delete(directory.resolve("SHA256SUMS"));
        expectDamage("is unfinished");
    }

    @Test
    void aMissingTableIsNamed() throws IOException {
        Files.delete(directory.resolve(KEYS.file()));
        expectDamage("lacks " + KEYS.file());
    }

    @Test
    void onlyAnEmptyDirectoryIsWrittenInto() {
        assertThatThrownBy(() -> BackupWriter.into(directory))
                .isInstanceOf(StartupFailure.class)
                .hasMessageContaining("is not empty");
        Path none = directory.resolve("none");
        assertThatThrownBy(() -> BackupReader.open(none))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessage(none.toString());
    }

    @Test
    void filesAreReadableByTheirOwnerAlone() throws IOException {
        try (var files = Files.list(directory)) {
            assertThat(files)
                    .hasSize(4)
                    .allSatisfy(file ->
                            assertThat(Files.getPosixFilePermissions(file)).hasSize(2));
        }
    }

    @Test
    void eventsWithAGapAreNoBackup() {
        Manifest gap = new Manifest(
                Manifest.FORMAT,
                MANIFEST.at(),
                MANIFEST.installation(),
                1,
                null,
                MANIFEST.migrations(),
                MANIFEST.tables(),
                MANIFEST.sequences());
        assertThatThrownBy(gap::requireAllEvents)
                .isInstanceOf(StartupFailure.class)
                .hasMessageContaining("1 events below the index 2");
        MANIFEST.requireAllEvents();
    }
}
