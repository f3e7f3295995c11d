package chat.parley.audit.document;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationKind;
import chat.parley.audit.transcript.Names.Name;
import chat.parley.audit.transcript.Transcript;
import chat.parley.audit.transcript.TranscriptEntry;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * The files of a Slack export: {@code users.json}; {@code channels.json} with the groups that are open to join, {@code
 * groups.json} with the others, {@code dms.json}, and {@code mpims.json}, which is empty because every conversation of
 * several people has a title here; and a directory of days for each conversation. A channel's name is its id, because
 * titles are neither unique nor file names; its title is the topic.
 */
final class SlackDocuments implements Documents {
    private static final int USERS_PER_QUERY = 100;

    private final DocumentTarget target;
    private final Map<Listing, JsonGenerator> listings = new EnumMap<>(Listing.class);
    private final Map<Listing, Path> files = new EnumMap<>(Listing.class);
    private final Set<UserId> users = new LinkedHashSet<>();

    private @Nullable Transcript transcript;
    private @Nullable LocalDate day;
    private @Nullable JsonGenerator messages;
    private SlackMessages writer = new SlackMessages(new EntryText(Map.of()));

    /** A list of conversations. */
    private enum Listing {
        CHANNELS("channels.json"),
        GROUPS("groups.json"),
        DMS("dms.json"),
        MPIMS("mpims.json");

        private final String file;

        Listing(String file) {
            this.file = file;
        }

        static Listing of(Transcript transcript) {
            if (transcript.kind() == ConversationKind.DIRECT) {
                return DMS;
            }
            return transcript.joinable() ? CHANNELS : GROUPS;
        }
    }

    SlackDocuments(DocumentTarget target) throws IOException {
        this.target = target;
        for (Listing listing : Listing.values()) {
            Path file = target.temporaryFile("slack");
            files.put(listing, file);
            OutputStream out = DocumentTarget.buffered(file);
            JsonGenerator json = DocumentTarget.closing(out);
            json.writeStartArray();
            listings.put(listing, json);
        }
    }

    @Override
    public void begin(Transcript begun) {
        transcript = begun;
        users.addAll(begun.people());
        writer = new SlackMessages(new EntryText(target.names().of(begun.people())));
        Listing listing = Listing.of(begun);
        JsonGenerator json = Objects.requireNonNull(listings.get(listing));
        json.writeStartObject();
        json.writeStringProperty("id", begun.conversation().value());
        json.writeNumberProperty("created", begun.startedAt().getEpochSecond());
        json.writeArrayPropertyStart("members");
        begun.people().forEach(user -> json.writeString(user.value()));
        json.writeEndArray();
        if (listing != Listing.DMS) {
            json.writeStringProperty("name", begun.conversation().value());
            json.writeStringProperty("creator", begun.startedBy().value());
            json.writeBooleanProperty("is_archived", false);
            json.writeBooleanProperty("is_general", false);
            described(json, "topic", begun);
            described(json, "purpose", begun);
        }
        json.writeEndObject();
    }

    private static void described(JsonGenerator json, String property, Transcript of) {
        json.writeObjectPropertyStart(property);
        json.writeStringProperty("value", SlackMessages.escaped(of.title().orElse(EntryText.ERASED)));
        json.writeStringProperty("creator", of.startedBy().value());
        json.writeNumberProperty("last_set", 0);
        json.writeEndObject();
    }

    @Override
    public void entry(TranscriptEntry entry) throws IOException {
        LocalDate date = LocalDate.ofInstant(entry.entry().at(), ZoneOffset.UTC);
        JsonGenerator json = messages;
        if (json == null || !date.equals(day)) {
            endDay();
            target.begin(Objects.requireNonNull(transcript).conversation() + "/" + date + ".json");
            json = DocumentTarget.json(target.zip());
            json.writeStartArray();
            messages = json;
            day = date;
        }
        users.addAll(EntryText.named(entry.entry()));
        writer.write(entry, json);
    }

    private void endDay() throws IOException {
        if (messages != null) {
            messages.writeEndArray();
            messages.close();
            messages = null;
            target.end();
        }
    }

    @Override
    public void end() throws IOException {
        endDay();
    }

    @Override
    public void finish() throws IOException {
        for (Listing listing : Listing.values()) {
            JsonGenerator json = Objects.requireNonNull(listings.get(listing));
            json.writeEndArray();
            json.close();
            target.begin(listing.file);
            Files.copy(Objects.requireNonNull(files.get(listing)), target.zip());
            target.end();
        }
        target.begin("users.json");
        try (JsonGenerator json = DocumentTarget.json(target.zip())) {
            json.writeStartArray();
            for (List<UserId> some : chunks(users)) {
                target.names().of(some).forEach((user, name) -> user(json, user, name));
            }
            json.writeEndArray();
        }
        target.end();
    }

    private static List<List<UserId>> chunks(Collection<UserId> all) {
        List<UserId> listed = List.copyOf(all);
        List<List<UserId>> chunks = new ArrayList<>();
        for (int start = 0; start < listed.size(); start += USERS_PER_QUERY) {
            chunks.add(listed.subList(start, Math.min(listed.size(), start + USERS_PER_QUERY)));
        }
        return chunks;
    }

    private static void user(JsonGenerator json, UserId user, Name name) {
        String username = Optional.ofNullable(name.username()).orElse(user.value());
        json.writeStartObject();
        json.writeStringProperty("id", user.value());
        json.writeStringProperty("name", username);
        json.writeStringProperty("real_name", name.shown(user));
        json.writeBooleanProperty("deleted", name.deleted());
        json.writeObjectPropertyStart("profile");
        json.writeStringProperty("real_name", name.shown(user));
        json.writeStringProperty("display_name", name.shown(user));
        json.writeEndObject();
        json.writeEndObject();
    }

    @Override
    public void close() throws IOException {
        for (JsonGenerator json : listings.values()) {
            json.close();
        }
        for (Path file : files.values()) {
            Files.deleteIfExists(file);
        }
    }
}
