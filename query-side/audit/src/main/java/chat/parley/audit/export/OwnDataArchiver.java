package chat.parley.audit.export;

import chat.parley.api.account.FindSettings;
import chat.parley.api.account.FindUser;
import chat.parley.api.account.Settings;
import chat.parley.api.account.UserId;
import chat.parley.api.contact.FindBlocks;
import chat.parley.api.contact.FindContacts;
import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.conversation.RecordedEntry;
import chat.parley.api.inbox.FindMemberships;
import chat.parley.api.inbox.Memberships;
import chat.parley.api.port.PersonalRecords;
import chat.parley.api.port.RawEvents;
import chat.parley.api.port.RawEvents.RawEvent;
import chat.parley.audit.background.BackgroundGzip;
import chat.parley.audit.event.EventDecoder;
import chat.parley.audit.event.EventFilter;
import chat.parley.audit.event.EventRange;
import chat.parley.audit.event.EventSelector;
import chat.parley.audit.log.EventProofs;
import chat.parley.eventprocessing.query.QueryClient;
import chat.parley.transparency.checkpoint.SignedCheckpoint;
import chat.parley.transparency.tile.TileId;
import chat.parley.verify.ArchiveNames;
import chat.parley.wire.EntryRenderer;
import chat.parley.wire.SealedTextReader;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/** Writes all data of one person into an archive: their events with proofs, and {@code data.json} to read. */
final class OwnDataArchiver {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final RawEvents events;
    private final OwnEvents own;
    private final EventProofs proofs;
    private final ArchivePacker packer;
    private final EventDecoder decoder;
    private final QueryClient queries;
    private final SealedTextReader texts;
    private final EntryRenderer renderer;
    private final List<PersonalRecords> records;
    private final ExportDirectory directory;
    private final JsonMapper json;

    OwnDataArchiver(
            RawEvents events,
            EventSelector selector,
            EventProofs proofs,
            EventDecoder decoder,
            QueryClient queries,
            SealedTextReader texts,
            EntryRenderer renderer,
            List<PersonalRecords> records,
            ExportDirectory directory,
            JsonMapper json) {
        this.events = events;
        this.own = new OwnEvents(selector, json);
        this.proofs = proofs;
        this.packer = new ArchivePacker(proofs);
        this.decoder = decoder;
        this.queries = queries;
        this.texts = texts;
        this.renderer = renderer;
        this.records = List.copyOf(records);
        this.directory = directory;
        this.json = json;
    }

    EventArchiver.Archive archive(UserId user) throws IOException {
        long through = events.head();
        SignedCheckpoint checkpoint = proofs.covering(through);
        Memberships memberships = queries.ask(new FindMemberships(user, through), Memberships.class);
        ExportDirectory.Place place = directory.open();
        try {
            Path data = place.file("data.json");
            Path lines = place.file("events.gz");
            SortedSet<Long> leafTiles = new TreeSet<>();
            long[] count = {0};
            try (OutputStream out = new BackgroundGzip(Files.newOutputStream(lines));
                    JsonGenerator written =
                            json.createGenerator(new BufferedOutputStream(Files.newOutputStream(data), BUFFER_BYTES))) {
                written.writeStartObject();
                writeState(user, memberships, written);
                EventProofs.Records logged = proofs.records();
                written.writeArrayPropertyStart("events");
                own.forEach(user, memberships.memberships(), through, event -> {
                    EventArchiver.exported(event, logged).write(out);
                    leafTiles.add(event.index() / TileId.FULL);
                    count[0]++;
                    writeEvent(event, written);
                });
                written.writeEndArray();
                written.writeEndObject();
            }
            Path archive = place.file("my-data.zip");
            packer.pack(
                    archive,
                    checkpoint,
                    new ArchivePacker.Content(
                            "own-data-readme.txt",
                            new EventRange(-1, through),
                            "own data of " + user,
                            count[0],
                            leafTiles,
                            Map.of(ArchiveNames.EVENTS, lines, ArchiveNames.DATA, data)));
            return new EventArchiver.Archive(archive, count[0], place);
        } catch (IOException | RuntimeException failed) {
            place.close();
            throw failed;
        }
    }

    private void writeState(UserId user, Memberships memberships, JsonGenerator written) {
        FindUser.Profile profile = queries.ask(new FindUser(user), FindUser.Profile.class);
        written.writeStringProperty("user", user.value());
        written.writeStringProperty("username", texts.username(profile).value());
        written.writeStringProperty("displayName", texts.displayName(profile).value());
        written.writePOJOProperty("roles", profile.roles());
        written.writePOJOProperty("devices", profile.devices());
        written.writePOJOProperty("settings", queries.ask(new FindSettings(user), Settings.class));
        written.writePOJOProperty(
                "contacts",
                queries.ask(new FindContacts(user), FindContacts.Contacts.class).contacts());
        written.writePOJOProperty(
                "blocked",
                queries.ask(new FindBlocks(user), FindBlocks.Blocks.class).users());
        written.writePOJOProperty("memberships", memberships.memberships());
        for (PersonalRecords section : records) {
            written.writePOJOProperty(section.section(), section.of(user));
        }
    }

    /** An entry as its author reads it; any other event as it is stored, with its texts sealed. */
    private void writeEvent(RawEvent event, JsonGenerator written) {
        written.writeStartObject();
        written.writeNumberProperty("index", event.index());
        written.writeStringProperty("at", Instant.ofEpochMilli(event.atMillis()).toString());
        written.writeStringProperty("type", EventFilter.simpleName(event.type()));
        if (decoder.payload(event) instanceof ConversationEvent entry) {
            written.writePOJOProperty(
                    "entry", renderer.render(RecordedEntry.of(event.sequence() + 1, event.index(), entry)));
        } else {
            written.writePOJOProperty("stored", json.readTree(event.payload()));
        }
        written.writeEndObject();
    }
}
