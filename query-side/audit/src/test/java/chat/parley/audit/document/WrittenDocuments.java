package chat.parley.audit.document;

import chat.parley.api.port.RawEvents.RawEvent;
import chat.parley.audit.ConversationScenario;
import chat.parley.audit.transcript.SelectedEntries;
import chat.parley.eventprocessing.query.QueryClient;
import chat.parley.testing.InMemoryQueries;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Writes the documents of a talk and reads the zip file with the JDK. */
final class WrittenDocuments {
    private WrittenDocuments() {}

    static Map<String, byte[]> of(ConversationScenario talk, DocumentFormat format, Path directory) throws IOException {
        return of(talk, format, directory, event -> true);
    }

    static Map<String, byte[]> of(
            ConversationScenario talk, DocumentFormat format, Path directory, Predicate<RawEvent> selected)
            throws IOException {
        SelectedEntries entries = new SelectedEntries();
        for (long index = 0; index <= talk.raw.head(); index++) {
            RawEvent event = talk.raw.at(index).orElseThrow();
            entries.pass(event);
            if (selected.test(event)) {
                entries.select(event);
            }
        }
        Path file = directory.resolve(format + ".zip");
        new DocumentWriter(
                        talk.events(),
                        new QueryClient(InMemoryQueries.gateway(talk), Duration.ofSeconds(10)),
                        talk.protection())
                .write(entries, format, file, directory, count -> {}, author -> {});
        return unzipped(Files.readAllBytes(file));
    }

    static Map<String, byte[]> unzipped(byte[] file) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), zip.readAllBytes());
            }
        }
        return files;
    }
}
