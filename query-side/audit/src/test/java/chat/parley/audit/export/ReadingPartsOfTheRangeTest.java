package chat.parley.audit.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.HistoryAccess;
import chat.parley.api.port.RawEvents.RawEvent;
import chat.parley.api.search.FindHits.Hit;
import chat.parley.audit.ConversationScenario;
import chat.parley.audit.document.DocumentFormat;
import chat.parley.audit.event.EventFilter;
import chat.parley.audit.event.EventRange;
import chat.parley.verify.ArchiveNames;
import chat.parley.verify.ExportVerifier.Verified;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** An export that reads only the parts of its range that name what it asks for has the same files as one of all of it. */
class ReadingPartsOfTheRangeTest {
    private static final int BLOCK = 4;

    @TempDir
    private Path directory;

    private final ConversationScenario talk = new ConversationScenario();
    private final List<UserId> people = Stream.of("ann", "bob", "eve", "joe")
            .map(name -> talk.named(name, name + "!"))
            .toList();
    private final List<ConversationId> conversations = new ArrayList<>();

    private void talk(int entries) {
        Random random = new Random(18);
        for (int i = 0; i < 6; i++) {
            UserId by = people.get(i % 4);
            conversations.add(talk.group(
                    "club" + i, "Title", HistoryAccess.ALL, by, people.get((i + 1) % 4), people.get((i + 2) % 4)));
        }
        for (int i = 0; i < entries; i++) {
            ConversationId conversation = conversations.get(random.nextInt(6));
            UserId by = people.get(random.nextInt(4));
            long sent = talk.send(conversation, by, "message " + i);
            if (random.nextInt(3) == 0) {
                talk.edit(conversation, by, sent, "edited " + i);
            }
            if (random.nextInt(3) == 0) {
                talk.react(conversation, people.get(random.nextInt(4)), sent, "👍", true);
            }
            if (random.nextInt(10) == 0) {
                talk.retract(conversation, by, sent);
            }
            talk.pass(Duration.ofMinutes(7));
        }
        for (int i = 0; i < 20; i++) {
            talk.send(conversations.get(i % 6), people.get(3), "filler " + i);
        }
        conversations.forEach(conversation -> {
            for (long position = 1; position < 12; position++) {
                talk.react(conversation, people.get(3), position, "🎉", true);
            }
        });
    }

    /** Blocks of some events that name all that is asked for. Unlike the index of the vault, it has the last one too. */
    private List<EventRange> parts(EventRange range, EventFilter filter, Set<String> wanted) {
        List<EventRange> parts = new ArrayList<>();
        for (long first = range.after() + 1; first <= range.through(); first += BLOCK) {
            EventRange part = new EventRange(first - 1, Math.min(range.through(), first + BLOCK - 1));
            StringBuilder block = new StringBuilder();
            for (long index = first; index <= part.through(); index++) {
                RawEvent event = talk.raw.at(index).orElseThrow();
                block.append(event.type()).append(new String(event.payload(), UTF_8));
            }
            if (isNamed(block, filter.conversation())
                    && isNamed(block, filter.user())
                    && (filter.types().isEmpty() || filter.types().stream().anyMatch(type -> isNamed(block, type)))
                    && (wanted.isEmpty() || wanted.stream().anyMatch(id -> isNamed(block, id)))) {
                parts.add(part);
            }
        }
        return parts;
    }

    private static boolean isNamed(StringBuilder block, @Nullable Object name) {
        return name == null || block.indexOf(name.toString()) >= 0;
    }

    private static Map<String, String> files(Path archive) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (InputStream in = Files.newInputStream(archive);
                ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().startsWith(ArchiveNames.DOCUMENTS)) {
                    documents(new ZipInputStream(zip), files);
                }
            }
        }
        return files;
    }

    private static void documents(ZipInputStream zip, Map<String, String> files) throws IOException {
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            files.put(entry.getName(), new String(zip.readAllBytes(), UTF_8));
        }
    }

    private Stream<ArchiveRequest> requests() {
        EventRange all = new EventRange(-1, talk.raw.head());
        EventRange some = new EventRange(40, talk.raw.head() - 60);
        HitSelection hits =
                new HitSelection(List.of(new Hit(conversations.get(2), 3, people.getFirst())), JsonMapper.shared());
        return Stream.of(all, some)
                .flatMap(range -> Stream.of(
                        request(range, new EventFilter(null, people.getFirst(), Set.of(), null, null)),
                        request(range, new EventFilter(conversations.getFirst(), null, Set.of(), null, null)),
                        request(range, new EventFilter(conversations.get(1), people.get(1), Set.of(), null, null)),
                        request(range, EventFilter.ofTypes(Set.of("MessageRetracted"))),
                        new ArchiveRequest(
                                range,
                                EventFilter.ofTypes(Set.of()),
                                Optional.of(hits),
                                Optional.of(DocumentFormat.SLACK))));
    }

    private static ArchiveRequest request(EventRange range, EventFilter filter) {
        return new ArchiveRequest(range, filter, Optional.empty(), Optional.of(DocumentFormat.SLACK));
    }

    @Test
    void theFilesAreThoseOfTheWholeRange() throws Exception {
        talk(120);
        List<Exported> whole = new ArrayList<>();
        try (ExportHarness harness = new ExportHarness(talk, directory.resolve("whole"))) {
            export(harness, whole);
        }
        List<Exported> parts = new ArrayList<>();
        try (ExportHarness harness = new ExportHarness(talk, talk.raw, this::parts, directory.resolve("parts"))) {
            export(harness, parts);
        }
        assertThat(parts).hasSize(10).isEqualTo(whole);
    }

    private record Exported(long events, Map<String, String> files) {}

    private void export(ExportHarness harness, List<Exported> exported) throws Exception {
        for (ArchiveRequest request : requests().toList()) {
            try (EventArchiver.Archive archive = harness.archiver.archive(request, ArchiveProgress.NONE)) {
                Verified verified = ExportHarness.verified(archive.file());
                assertThat(verified.manifest().events()).isEqualTo(archive.events());
                exported.add(new Exported(archive.events(), files(archive.file())));
            }
        }
    }

    @Test
    void aConversationOfWhichTheRangeHasNothingIsNotFound() throws Exception {
        talk(10);
        try (ExportHarness parts = new ExportHarness(talk, talk.raw, this::parts, directory)) {
            EventFilter nobody = new EventFilter(null, new UserId("nobody"), Set.of(), null, null);
            try (EventArchiver.Archive archive = parts.archiver.archive(
                    request(new EventRange(-1, talk.raw.head()), nobody), ArchiveProgress.NONE)) {
                assertThat(archive.events()).isZero();
                assertThat(ExportHarness.verified(archive.file()).manifest().events())
                        .isZero();
            }
        }
    }
}
