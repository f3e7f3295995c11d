package chat.parley.audit.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.account.AccountStatus;
import chat.parley.api.account.FindSettings;
import chat.parley.api.account.FindUser;
import chat.parley.api.account.Settings;
import chat.parley.api.account.UserId;
import chat.parley.api.contact.FindBlocks;
import chat.parley.api.contact.FindContacts;
import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.HistoryAccess;
import chat.parley.api.conversation.RecordedEntry;
import chat.parley.api.inbox.FindMemberships;
import chat.parley.api.inbox.Memberships;
import chat.parley.api.port.PersonalRecords;
import chat.parley.api.port.RawEvents.RawEvent;
import chat.parley.api.port.TextProtection;
import chat.parley.audit.ConversationScenario;
import chat.parley.audit.event.EventDecoder;
import chat.parley.eventprocessing.query.QueryClient;
import chat.parley.eventstore.serialization.EventSerializer;
import chat.parley.testing.FakeMemberships;
import chat.parley.testing.InMemoryQueries;
import chat.parley.verify.ArchiveNames;
import chat.parley.verify.ExportVerifier.Verified;
import chat.parley.wire.EntryRenderer;
import chat.parley.wire.SealedTextReader;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.axonframework.queryhandling.QueryHandler;
import org.axonframework.serialization.upcasting.event.EventUpcasterChain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A person's archive has everything that is theirs, and nothing that others wrote. */
class ExportingOwnDataTest {
    @TempDir
    private Path directory;

    private final ConversationScenario talk = new ConversationScenario();
    private final UserId ann = talk.named("ann", "Ann");
    private final UserId bob = talk.named("bob", "Bob Builder");
    private final UserId eve = talk.named("eve", "Eve");
    private final EventDecoder decoder = new EventDecoder(new EventSerializer(), new EventUpcasterChain());

    /** The read side of the talk. */
    final class ReadSide {
        @QueryHandler
        Memberships handle(FindMemberships query) {
            List<RecordedEntry> entries = new ArrayList<>();
            for (long index = 0; index <= talk.raw.head(); index++) {
                RawEvent event = talk.raw.at(index).orElseThrow();
                entries.add(RecordedEntry.of(event.sequence() + 1, index, (ConversationEvent) decoder.payload(event)));
            }
            return new Memberships(talk.raw.head(), FakeMemberships.of(query.user(), entries));
        }

        @QueryHandler
        FindUser.Profile handle(FindUser query) {
            UserId user = query.user();
            return new FindUser.Profile(
                    user,
                    talk.protection().seal(user, user.value(), TextProtection.usernameContext(user)),
                    talk.protection().seal(user, "My own name", TextProtection.displayNameContext(user)),
                    AccountStatus.ACTIVE,
                    Set.of(),
                    List.of());
        }

        @QueryHandler
        Settings handle(FindSettings query) {
            return Settings.DEFAULT;
        }

        @QueryHandler
        FindContacts.Contacts handle(FindContacts query) {
            return new FindContacts.Contacts(List.of());
        }

        @QueryHandler
        FindBlocks.Blocks handle(FindBlocks query) {
            return new FindBlocks.Blocks(List.of());
        }
    }

    private OwnDataArchiver archiver(ExportHarness harness) {
        return new OwnDataArchiver(
                talk.raw,
                talk.raw.selector(),
                harness.log.proofs(),
                decoder,
                new QueryClient(InMemoryQueries.gateway(new ReadSide()), Duration.ofSeconds(10)),
                new SealedTextReader(talk.protection()),
                new EntryRenderer(talk.protection()),
                List.of(PersonalRecords.named("savedSearches", user -> List.of(Map.of("q", "mine of " + user)))),
                harness.directory,
                JsonMapper.shared());
    }

    private static String read(Path archive, String name) throws Exception {
        try (ZipFile zip = new ZipFile(archive.toFile());
                InputStream in = zip.getInputStream(new ZipEntry(name))) {
            byte[] bytes = in.readAllBytes();
            return new String(
                    name.endsWith(".gz") ? new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes() : bytes,
                    UTF_8);
        }
    }

    private static Set<String> texts(JsonNode data) {
        return data.get("events").values().stream()
                .map(event -> event.at("/entry/text"))
                .filter(JsonNode::isString)
                .map(JsonNode::stringValue)
                .collect(Collectors.toSet());
    }

    @Test
    void everythingOwnIsThereAndNothingOfOthers() throws Exception {
        ConversationId pair = talk.direct("pair", ann, bob);
        ConversationId club = talk.group("club", "Title of bob", HistoryAccess.ALL, bob, ann, eve);
        ConversationId secret = talk.group("secret", "Secret of bob", HistoryAccess.ALL, bob, eve);
        long mine = talk.send(pair, ann, "말 of ann");
        talk.edit(pair, ann, mine, "edited by ann");
        talk.reply(pair, bob, "words of bob", mine);
        talk.send(club, eve, "words of eve");
        talk.rename(club, ann, "Title of ann");
        talk.leave(club, bob, ann);
        talk.send(secret, bob, "never seen by ann");
        try (ExportHarness harness = new ExportHarness(talk, directory);
                EventArchiver.Archive archive = archiver(harness).archive(ann)) {
            Verified verified = ExportHarness.verified(archive.file());
            assertThat(verified.manifest().isComplete()).isFalse();
            String data = read(archive.file(), ArchiveNames.DATA);
            JsonNode json = JsonMapper.shared().readTree(data);
            assertThat(verified.manifest().events())
                    .isEqualTo(json.get("events").size())
                    .isEqualTo(5);
            assertThat(texts(json)).containsExactlyInAnyOrder("말 of ann", "edited by ann");
            assertThat(json.get("displayName").stringValue()).isEqualTo("My own name");
            assertThat(json.at("/savedSearches/0/q").stringValue()).isEqualTo("mine of ann");
            assertThat(json.get("memberships").size()).isEqualTo(2);
            assertThat(data)
                    .contains("Title of ann")
                    .doesNotContain("words of")
                    .doesNotContain("Title of bob")
                    .doesNotContain("Bob Builder")
                    .doesNotContain("never seen")
                    .doesNotContain("secret");
            String payloads = read(archive.file(), ArchiveNames.EVENTS);
            assertThat(payloads.lines()).hasSize(5).noneMatch(line -> line.contains("\\\"by\\\":\\\"eve\\\""));
        }
        try (var left = Files.list(directory.resolve("work"))) {
            assertThat(left).isEmpty();
        }
    }
}
