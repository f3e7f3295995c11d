package chat.parley.audit.export;

import chat.parley.api.port.RawEvents;
import chat.parley.audit.ConversationScenario;
import chat.parley.audit.document.DocumentWriter;
import chat.parley.audit.event.EventSelector;
import chat.parley.audit.log.TestLog;
import chat.parley.eventprocessing.query.QueryClient;
import chat.parley.testing.InMemoryQueries;
import chat.parley.verify.ExportVerifier;
import chat.parley.verify.ExportVerifier.Trust;
import chat.parley.verify.ExportVerifier.Verified;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** Makes archives of a talk, with a real log. */
public final class ExportHarness implements AutoCloseable {
    public final TestLog log;
    final ExportDirectory directory;
    public final EventArchiver archiver;

    public ExportHarness(ConversationScenario talk, Path path) {
        this(talk, talk.raw, path);
    }

    /** @param raw the talk's events as exports read them */
    ExportHarness(ConversationScenario talk, RawEvents raw, Path path) {
        this(talk, raw, (range, filter, conversations) -> List.of(range), path);
    }

    ExportHarness(ConversationScenario talk, RawEvents raw, EventSelector.Narrowing narrowing, Path path) {
        log = new TestLog(talk.raw, path.resolve("log"));
        directory = new ExportDirectory(path.resolve("work"));
        archiver = new EventArchiver(
                new EventSelector(raw, narrowing, JsonMapper.shared()),
                log.proofs(),
                new DocumentWriter(
                        talk.events(),
                        new QueryClient(InMemoryQueries.gateway(talk), Duration.ofSeconds(10)),
                        talk.protection()),
                directory);
    }

    /** Verifies as somebody else would. */
    public static Verified verified(Path archive) throws Exception {
        return ExportVerifier.verify(archive, new Trust(Optional.empty(), Optional.empty()), (bytes, of, events) -> {});
    }

    @Override
    public void close() {
        log.close();
    }
}
