package chat.parley.audit.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.HistoryAccess;
import chat.parley.audit.ConversationScenario;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.DecoderUtil;
import org.apache.james.mime4j.dom.Entity;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.dom.Multipart;
import org.apache.james.mime4j.dom.SingleBody;
import org.apache.james.mime4j.message.DefaultMessageBuilder;
import org.apache.james.mime4j.stream.Field;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is written is read with the mail parser of another project. */
class WritingRsmfTest {
    @TempDir
    private Path directory;

    private final ConversationScenario talk = new ConversationScenario();
    private final UserId ann = talk.named("ann", "앤 Müller");
    private final UserId bob = talk.named("bob", "Bob, \"the\" <builder>\r\nBcc: eve@evil.example");
    private final UserId eve = talk.named("eve", "Eve");

    private static Message parsed(byte[] file) throws IOException {
        return new DefaultMessageBuilder().parseMessage(new ByteArrayInputStream(file));
    }

    private static byte[] content(Entity part) throws IOException {
        try (InputStream in = ((SingleBody) part.getBody()).getInputStream()) {
            return in.readAllBytes();
        }
    }

    private static List<Entity> parts(Message message) {
        return ((Multipart) message.getBody()).getBodyParts();
    }

    private static JsonNode manifest(Message message) throws IOException {
        List<Entity> attachments = parts(message).stream()
                .filter(part -> "attachment".equals(part.getDispositionType()))
                .toList();
        assertThat(attachments).hasSize(1);
        assertThat(attachments.getFirst().getFilename()).isEqualTo("rsmf.zip");
        assertThat(attachments.getFirst().getContentTransferEncoding()).isEqualTo("base64");
        Map<String, byte[]> zip = WrittenDocuments.unzipped(content(attachments.getFirst()));
        assertThat(zip).containsOnlyKeys("rsmf_manifest.json");
        JsonNode manifest = JsonMapper.shared().readTree(zip.get("rsmf_manifest.json"));
        RsmfManifestRules.check(manifest);
        assertThat(message.getHeader().getField("X-RSMF-Version").getBody()).isEqualTo("2.0.0");
        assertThat(message.getHeader().getField("X-RSMF-EventCount").getBody())
                .isEqualTo(Integer.toString(manifest.get("events").size()));
        checkWhatRelativityWarnsOf(message, manifest);
        return manifest;
    }

    /** Relativity's validator decodes no other encoded words, and compares these headers with the manifest. */
    private static void checkWhatRelativityWarnsOf(Message message, JsonNode manifest) {
        for (Field field : message.getHeader()) {
            assertThat(field.toString()).doesNotContainPattern("=\\?(?!utf-8\\?b\\?)[^ ?]+\\?[^ ?]\\?");
        }
        List<String> times = manifest.get("events").values().stream()
                .map(event -> event.get("timestamp").stringValue())
                .sorted()
                .toList();
        assertThat(header(message, "X-RSMF-BeginDate")).isEqualTo(times.getFirst());
        assertThat(header(message, "X-RSMF-EndDate")).isEqualTo(times.getLast());
        assertThat(header(message, "X-RSMF-Participants").split(", ?"))
                .containsExactlyElementsOf(manifest.get("participants").values().stream()
                        .map(participant ->
                                participant.get("display").stringValue().replaceAll(",|\\p{Cc}+", " "))
                        .toList());
    }

    private static String header(Message message, String name) {
        return DecoderUtil.decodeEncodedWords(message.getHeader().getField(name).getBody(), DecodeMonitor.STRICT);
    }

    private JsonNode only(String conversation) throws IOException {
        Map<String, byte[]> files = WrittenDocuments.of(talk, DocumentFormat.RSMF, directory);
        assertThat(files).containsOnlyKeys(conversation + "/1.rsmf");
        return manifest(parsed(Objects.requireNonNull(files.get(conversation + "/1.rsmf"))));
    }

    private static JsonNode event(JsonNode manifest, long position) {
        return manifest.get("events").values().stream()
                .filter(event -> event.get("id").stringValue().equals(Long.toString(position)))
                .findFirst()
                .orElseThrow();
    }

    private static String custom(JsonNode event, String name) {
        return event.get("custom").values().stream()
                .filter(property -> property.get("name").stringValue().equals(name))
                .map(property -> property.get("value").stringValue())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aMessageHasAllItsVersionsAndWhoeverReadThem() throws IOException {
        ConversationId club = talk.group("club", "동아리", HistoryAccess.ALL, ann, bob);
        long message = talk.send(club, ann, "첫 말 👩‍👩‍👧 <b>&");
        long edit = talk.edit(club, ann, message, "second");
        talk.join(club, ann, eve);
        long reply = talk.reply(club, bob, "답", message);
        talk.react(club, bob, message, "👍", true);
        talk.react(club, eve, message, "👍", true);
        long removed = talk.react(club, eve, message, "👍", false);
        long retraction = talk.retract(club, ann, message);

        JsonNode manifest = only("club");
        JsonNode sent = event(manifest, message);
        assertThat(sent.get("body").stringValue()).isEqualTo("second");
        assertThat(sent.get("deleted").booleanValue()).isTrue();
        assertThat(sent.at("/edits/0/previous").stringValue()).isEqualTo("첫 말 👩‍👩‍👧 <b>&");
        assertThat(sent.at("/edits/0/new").stringValue()).isEqualTo("second");
        assertThat(sent.at("/reactions/0/participants").toString()).isEqualTo("[\"bob\"]");
        assertThat(custom(sent, "Readable by")).isEqualTo("ann, bob");
        assertThat(custom(sent, "Version " + edit + " readable by")).isEqualTo("ann, bob, eve");
        assertThat(custom(sent, "Version " + retraction + " readable by")).isEqualTo("ann, bob, eve");
        assertThat(event(manifest, reply).get("parent").stringValue()).isEqualTo(Long.toString(message));
        assertThat(event(manifest, removed).get("body").stringValue()).contains("removed the reaction 👍");
        assertThat(manifest.at("/conversations/0/display").stringValue()).isEqualTo("동아리");
        assertThat(manifest.at("/conversations/0/participants").toString()).isEqualTo("[\"ann\",\"bob\"]");
    }

    @Test
    void noNameBecomesAHeader() throws IOException {
        ConversationId pair = talk.direct("pair", ann, bob);
        talk.send(pair, bob, "hello");
        Map<String, byte[]> files = WrittenDocuments.of(talk, DocumentFormat.RSMF, directory);
        Message message = parsed(Objects.requireNonNull(files.get("pair/1.rsmf")));
        assertThat(message.getBcc()).isNull();
        assertThat(message.getFrom().get(0).getName()).isEqualTo("앤 Müller");
        assertThat(message.getTo()).hasSize(2);
        assertThat(message.getTo().flatten().get(1).getName())
                .isEqualTo("Bob, \"the\" <builder> Bcc: eve@evil.example");
        String text = new String(content(parts(message).getFirst()), UTF_8);
        assertThat(text).contains("hello").contains("#2");
    }

    @Test
    void whoJoinedLaterReadsOnlyTheirSpan() throws IOException {
        ConversationId club = talk.group("club", "Club", HistoryAccess.SINCE_JOINED, ann, bob);
        long before = talk.send(club, ann, "before");
        talk.join(club, ann, eve);
        long edit = talk.edit(club, ann, before, "edited for eve too");
        long during = talk.send(club, ann, "during");
        talk.leave(club, eve, eve);
        long after = talk.send(club, ann, "after");
        JsonNode manifest = only("club");
        assertThat(custom(event(manifest, before), "Readable by")).isEqualTo("ann, bob");
        assertThat(custom(event(manifest, before), "Version " + edit + " readable by"))
                .isEqualTo("ann, bob, eve");
        assertThat(custom(event(manifest, during), "Readable by")).isEqualTo("ann, bob, eve");
        assertThat(custom(event(manifest, after), "Readable by")).isEqualTo("ann, bob");
    }

    @Test
    void anErasedTextIsMarked() throws IOException {
        ConversationId pair = talk.direct("pair", ann, bob);
        long erased = talk.send(pair, ann, "secret");
        long kept = talk.send(pair, bob, "kept");
        talk.protection().destroy(ann);
        JsonNode manifest = only("pair");
        assertThat(event(manifest, erased).get("body").stringValue()).isEqualTo(EntryText.ERASED);
        assertThat(event(manifest, kept).get("body").stringValue()).isEqualTo("kept");
        assertThat(manifest.toString()).doesNotContain("secret");
    }

    @Test
    void aFileHasAtMostTenThousandEvents() throws IOException {
        ConversationId pair = talk.direct("pair", ann, bob);
        long first = talk.send(pair, ann, "0");
        for (int i = 1; i < 10_500; i++) {
            talk.send(pair, ann, Integer.toString(i));
        }
        long reply = talk.reply(pair, bob, "a late reply", first);
        long edit = talk.edit(pair, ann, first, "edited late");
        Map<String, byte[]> files = WrittenDocuments.of(talk, DocumentFormat.RSMF, directory);
        assertThat(files).containsOnlyKeys("pair/1.rsmf", "pair/2.rsmf");
        List<JsonNode> manifests = new ArrayList<>();
        for (byte[] file : files.values()) {
            manifests.add(manifest(parsed(file)));
        }
        assertThat(manifests.get(0).get("events").size()).isEqualTo(10_000);
        assertThat(manifests.get(1).get("events").size()).isEqualTo(502);
        assertThat(custom(event(manifests.get(1), reply), "Reply to position")).isEqualTo(Long.toString(first));
        assertThat(event(manifests.get(0), first).at("/edits/0/new").stringValue())
                .isEqualTo("edited late");
        assertThat(edit).isGreaterThan(reply);
    }

    @Test
    void aSelectedEditStandsAloneWithoutItsMessage() throws IOException {
        ConversationId pair = talk.direct("pair", ann, bob);
        long message = talk.send(pair, ann, "first");
        long edit = talk.edit(pair, ann, message, "second");
        Map<String, byte[]> files =
                WrittenDocuments.of(talk, DocumentFormat.RSMF, directory, event -> event.sequence() + 1 == edit);
        JsonNode manifest = manifest(parsed(Objects.requireNonNull(files.get("pair/1.rsmf"))));
        assertThat(manifest.get("events").size()).isEqualTo(1);
        assertThat(event(manifest, edit).get("body").stringValue()).contains("second");
    }

    @Test
    void timesAreThoseOfTheEntries() throws IOException {
        ConversationId pair = talk.direct("pair", ann, bob);
        long message = talk.send(pair, ann, "now");
        assertThat(Instant.parse(event(only("pair"), message).get("timestamp").stringValue()))
                .isEqualTo(ConversationScenario.BEGIN);
    }
}
