package chat.parley.audit.document;

import static java.nio.charset.StandardCharsets.UTF_8;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationKind;
import chat.parley.audit.transcript.Names.Name;
import chat.parley.audit.transcript.Reaction;
import chat.parley.audit.transcript.Transcript;
import chat.parley.audit.transcript.TranscriptEntry;
import chat.parley.wire.Entry;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import tools.jackson.core.JsonGenerator;

/** One RSMF file: a mail whose attachment has the manifest with the events. */
final class RsmfSlice implements Closeable {
    /** Reviewing tools are slow with more, and none has to take more. */
    private static final int MOST_EVENTS = 10_000;

    /** Keeps a file of long texts far below the 2 GB that can be processed. */
    private static final long MOST_CHARACTERS = 64L * 1024 * 1024;

    private static final String VERSION = "2.0.0";
    private static final String PLATFORM = "Parley";

    private final DocumentTarget target;
    private final Transcript transcript;
    private final int number;
    private final Map<UserId, Name> names;
    private final EntryText texts;
    private final Path packed;
    private final Path body;
    private final ZipOutputStream zip;
    private final JsonGenerator json;
    private final TextLines lines;
    /** Positions that are events of this file, which alone may be named as a parent. */
    private final Set<Long> present = new HashSet<>();

    private final Set<UserId> participants;
    /** When the first and the newest event happened. */
    private Instant begin;

    private Instant last;
    private int events;
    private long characters;

    RsmfSlice(DocumentTarget target, Transcript transcript, int number, TranscriptEntry first) throws IOException {
        this.target = target;
        this.transcript = transcript;
        this.number = number;
        this.names = target.names().of(transcript.people());
        this.texts = new EntryText(names);
        this.packed = target.temporaryFile("rsmf");
        this.body = target.temporaryFile("rsmf-body");
        this.lines = new TextLines(DocumentTarget.buffered(body), texts);
        this.zip = new ZipOutputStream(DocumentTarget.buffered(packed));
        zip.setLevel(Deflater.BEST_SPEED);
        zip.putNextEntry(new ZipEntry("rsmf_manifest.json"));
        this.json = DocumentTarget.json(zip);
        this.participants = participants(first);
        this.begin = first.entry().at();
        this.last = begin;
        writeHead(first);
    }

    boolean isFull() {
        return events >= MOST_EVENTS || characters >= MOST_CHARACTERS;
    }

    /** Whether an entry is an event of its own. What was removed from a message is not shown with the message. */
    static boolean isEvent(TranscriptEntry entry) {
        return !entry.partOfMessage() || (entry.entry() instanceof Entry.Reaction reaction && !reaction.added());
    }

    private void writeHead(TranscriptEntry first) {
        boolean direct = transcript.kind() == ConversationKind.DIRECT;
        json.writeStartObject();
        json.writeStringProperty("version", VERSION);
        json.writeStringProperty("eventcollectionid", transcript.conversation().value());
        json.writeArrayPropertyStart("participants");
        for (UserId user : participants) {
            json.writeStartObject();
            json.writeStringProperty("id", user.value());
            json.writeStringProperty("display", name(user).shown(user));
            String username = name(user).username();
            if (username != null) {
                json.writeStringProperty("account_id", username);
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayPropertyStart("conversations");
        json.writeStartObject();
        json.writeStringProperty("id", transcript.conversation().value());
        json.writeStringProperty("platform", PLATFORM);
        json.writeStringProperty("type", direct ? "direct" : "channel");
        json.writeStringProperty("display", display(first.entry().position()));
        ids(
                "participants",
                direct
                        ? transcript.people()
                        : transcript.membersAt(first.entry().position()));
        json.writeEndObject();
        json.writeEndArray();
        json.writeArrayPropertyStart("events");
    }

    /** Whoever may be named by an event of this conversation. */
    private Set<UserId> participants(TranscriptEntry first) {
        Set<UserId> all = new LinkedHashSet<>(transcript.people());
        all.addAll(EntryText.named(first.entry()));
        return all;
    }

    private Name name(UserId user) {
        return names.getOrDefault(user, Name.UNKNOWN);
    }

    private String display(long position) {
        return transcript
                .titleAt(position)
                .orElseGet(() -> transcript.people().stream()
                        .map(user -> name(user).shown(user))
                        .collect(Collectors.joining(", ")));
    }

    private void ids(String property, Collection<UserId> users) {
        json.writeArrayPropertyStart(property);
        users.forEach(user -> json.writeString(user.value()));
        json.writeEndArray();
    }

    void add(TranscriptEntry entry) throws IOException {
        lines.write(entry);
        if (!isEvent(entry)) {
            return;
        }
        begin = events == 0 ? entry.entry().at() : begin;
        last = entry.entry().at();
        json.writeStartObject();
        json.writeStringProperty("id", Long.toString(entry.entry().position()));
        json.writeStringProperty("conversation", transcript.conversation().value());
        json.writeStringProperty("timestamp", entry.entry().at().toString());
        switch (entry.entry()) {
            case Entry.Message message -> message(message, entry);
            case Entry.Joined joined -> event("join", joined.user(), joined);
            case Entry.Left left -> event("leave", left.user(), left);
            case Entry other -> event("unknown", other.sender(), other);
        }
        custom(entry);
        json.writeEndObject();
        present.add(entry.entry().position());
        events++;
    }

    private void event(String type, UserId participant, Entry entry) {
        json.writeStringProperty("type", type);
        json.writeStringProperty("participant", participant.value());
        json.writeStringProperty("body", texts.person(entry.sender()) + " " + texts.of(entry));
    }

    /** The body is the newest text; what it replaced is in the edits. */
    private void message(Entry.Message message, TranscriptEntry entry) throws IOException {
        json.writeStringProperty("type", "message");
        json.writeStringProperty("participant", message.sender().value());
        TranscriptEntry.ReplyThread thread = entry.thread();
        if (thread != null && present.contains(thread.position())) {
            json.writeStringProperty("parent", Long.toString(thread.position()));
        }
        String[] text = {EntryText.text(message.text())};
        boolean[] deleted = {false};
        json.writeArrayPropertyStart("edits");
        entry.versions().forEach(version -> {
            switch (version.entry()) {
                case Entry.Edit edit -> {
                    String edited = EntryText.text(edit.text());
                    json.writeStartObject();
                    json.writeStringProperty("participant", edit.sender().value());
                    json.writeStringProperty("timestamp", edit.at().toString());
                    json.writeStringProperty("previous", text[0]);
                    json.writeStringProperty("new", edited);
                    json.writeEndObject();
                    characters += text[0].length() + edited.length();
                    text[0] = edited;
                }
                case Entry other -> deleted[0] = true;
            }
        });
        json.writeEndArray();
        characters += text[0].length();
        json.writeStringProperty("body", text[0]);
        json.writeBooleanProperty("deleted", deleted[0]);
        json.writeArrayPropertyStart("reactions");
        for (Reaction reaction : entry.reactions()) {
            json.writeStartObject();
            json.writeStringProperty("value", reaction.emoji());
            json.writeNumberProperty("count", reaction.users().size());
            ids("participants", reaction.users());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void custom(TranscriptEntry entry) throws IOException {
        json.writeArrayPropertyStart("custom");
        property("Position", Long.toString(entry.entry().position()));
        property("Index", Long.toString(entry.index()));
        property("Readable by", listed(entry.readers()));
        if (entry.entry() instanceof Entry.Message message) {
            if (message.replyTo() != null) {
                property("Reply to position", message.replyTo().toString());
            }
            if (!message.mentions().isEmpty()) {
                property("Mentions", listed(message.mentions()));
            }
        }
        entry.versions().forEach(version -> {
            Entry change = version.entry();
            if (change instanceof Entry.Retraction) {
                property("Retracted", "at " + change.at() + " by " + change.sender());
            }
            property("Version " + change.position() + " readable by", listed(version.readers()));
        });
        json.writeEndArray();
    }

    private static String listed(List<UserId> users) {
        return users.isEmpty() ? "nobody" : users.stream().map(UserId::value).collect(Collectors.joining(", "));
    }

    private void property(String name, String value) {
        json.writeStartObject();
        json.writeStringProperty("name", name);
        json.writeStringProperty("value", value);
        json.writeEndObject();
    }

    void finish() throws IOException {
        json.writeEndArray();
        json.writeEndObject();
        json.close();
        zip.closeEntry();
        zip.close();
        lines.close();
        String name = transcript.conversation() + "/" + number + ".rsmf";
        target.write(name, mail(), List.of(packed, body));
    }

    private MailMessage mail() throws IOException {
        MailMessage mail =
                new MailMessage(transcript.conversation() + "." + number, "mixed", last, display(Long.MAX_VALUE));
        mail.people(transcript.startedBy(), transcript.people(), names);
        mail.header("X-RSMF-Version", VERSION);
        mail.header("X-RSMF-Generator", PLATFORM);
        mail.header("X-RSMF-Application", PLATFORM);
        mail.header("X-RSMF-BeginDate", begin.toString());
        mail.header("X-RSMF-EndDate", last.toString());
        mail.header("X-RSMF-EventCount", Integer.toString(events));
        mail.header("X-RSMF-AttachmentCount", "0");
        mail.header("X-RSMF-EventCollectionID", transcript.conversation().value());
        mail.header(
                "X-RSMF-Participants",
                participants.stream()
                        .map(user -> name(user).shown(user).replace(',', ' '))
                        .collect(Collectors.joining(", ")));
        mail.part(body, "text/plain; charset=" + UTF_8.name());
        mail.attachment(packed, "application/zip", "rsmf.zip");
        return mail;
    }

    private void delete() throws IOException {
        Files.deleteIfExists(packed);
        Files.deleteIfExists(body);
    }

    /** Ends a slice that was not finished. */
    @Override
    public void close() throws IOException {
        try (zip;
                lines) {
            delete();
        }
    }
}
