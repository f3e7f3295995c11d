package chat.parley.audit.document;

import chat.parley.api.account.UserId;
import chat.parley.audit.transcript.TranscriptEntry;
import chat.parley.wire.Entry;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * Entries as Slack's messages. A message has its newest text, and all of them under {@code parley_versions}; its changes
 * follow as hidden messages at their own time. Readers of Slack's files skip hidden messages and unknown fields.
 */
record SlackMessages(EntryText texts) {
    private static final int MICROS_PER_SECOND = 1_000_000;

    private static final String RETRACTED = "This message was deleted.";

    void write(TranscriptEntry written, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringProperty("type", "message");
        json.writeStringProperty("ts", timestamp(written.micros()));
        json.writeStringProperty("user", written.entry().sender().value());
        switch (written.entry()) {
            case Entry.Message message -> message(message, written, json);
            case Entry.Edit edit -> {
                subtype("message_changed", true, json);
                json.writeStringProperty("text", escaped(EntryText.text(edit.text())));
            }
            case Entry.Retraction retraction -> {
                subtype("message_deleted", true, json);
                json.writeStringProperty("text", "");
            }
            case Entry.Joined joined -> membership("channel_join", joined.user(), written, json);
            case Entry.Left left -> membership("channel_leave", left.user(), written, json);
            case Entry.Renamed renamed -> {
                subtype("channel_topic", false, json);
                json.writeStringProperty("topic", escaped(EntryText.text(renamed.title())));
                described(written.entry(), json);
            }
            case Entry.Reaction reaction -> other("reaction", written, json);
            case Entry.Pinned pinned -> other("pinned_item", written, json);
            case Entry.Unpinned unpinned -> other("unpinned_item", written, json);
            case Entry.Started started -> other("parley_started", written, json);
            case Entry.Role role -> other("parley_role", written, json);
            case Entry.Joinability joinability -> other("parley_joinability", written, json);
        }
        parley(written, json);
        json.writeEndObject();
    }

    private static void subtype(String subtype, boolean hidden, JsonGenerator json) {
        json.writeStringProperty("subtype", subtype);
        if (hidden) {
            json.writeBooleanProperty("hidden", true);
        }
    }

    private void other(String subtype, TranscriptEntry written, JsonGenerator json) {
        subtype(subtype, written.partOfMessage(), json);
        described(written.entry(), json);
    }

    private void membership(String subtype, UserId user, TranscriptEntry written, JsonGenerator json) {
        subtype(subtype, false, json);
        if (!user.equals(written.entry().sender())) {
            json.writeStringProperty("inviter", written.entry().sender().value());
        }
        described(written.entry(), json);
    }

    private void described(Entry entry, JsonGenerator json) {
        json.writeStringProperty("text", escaped(texts.person(entry.sender()) + " " + texts.of(entry)));
    }

    private void message(Entry.Message message, TranscriptEntry written, JsonGenerator json) throws IOException {
        json.writeStringProperty("client_msg_id", message.clientMessageId().value());
        TranscriptEntry.ReplyThread thread = written.thread();
        if (thread != null) {
            json.writeStringProperty("thread_ts", timestamp(thread.micros()));
        }
        Newest newest = new Newest(message.text());
        json.writeArrayPropertyStart("parley_versions");
        version(message, message.text(), message.erased(), written.readers(), json);
        written.versions().forEach(version -> {
            switch (version.entry()) {
                case Entry.Edit edit -> {
                    version(edit, edit.text(), edit.erased(), version.readers(), json);
                    newest.edited(edit);
                }
                case Entry other -> {
                    version(other, null, false, version.readers(), json);
                    newest.retracted = true;
                }
            }
        });
        json.writeEndArray();
        newest.write(json);
        if (!written.reactions().isEmpty()) {
            json.writeArrayPropertyStart("reactions");
            written.reactions().forEach(reaction -> {
                json.writeStartObject();
                json.writeStringProperty("name", reaction.emoji());
                ids("users", reaction.users(), json);
                json.writeNumberProperty("count", reaction.users().size());
                json.writeEndObject();
            });
            json.writeEndArray();
        }
    }

    /** How a message reads at the end. */
    private static final class Newest {
        private @Nullable String text;
        private Entry.@Nullable Edit edit;
        private boolean retracted;

        Newest(@Nullable String text) {
            this.text = text;
        }

        void edited(Entry.Edit by) {
            text = by.text();
            edit = by;
        }

        void write(JsonGenerator json) {
            if (retracted) {
                subtype("tombstone", true, json);
            }
            json.writeStringProperty("text", retracted ? RETRACTED : escaped(EntryText.text(text)));
            if (edit != null) {
                json.writeObjectPropertyStart("edited");
                json.writeStringProperty("user", edit.sender().value());
                json.writeStringProperty("ts", timestamp(edit.at().toEpochMilli() * 1_000));
                json.writeEndObject();
            }
        }
    }

    private static void version(
            Entry entry, @Nullable String text, boolean erased, List<UserId> readers, JsonGenerator json) {
        json.writeStartObject();
        json.writeNumberProperty("position", entry.position());
        json.writeStringProperty("at", entry.at().toString());
        json.writeStringProperty("by", entry.sender().value());
        if (text != null) {
            json.writeStringProperty("text", text);
        }
        if (erased) {
            json.writeBooleanProperty("erased", true);
        }
        if (entry instanceof Entry.Retraction) {
            json.writeBooleanProperty("retracted", true);
        }
        ids("readable_by", readers, json);
        json.writeEndObject();
    }

    private static void parley(TranscriptEntry written, JsonGenerator json) {
        json.writeObjectPropertyStart("parley");
        json.writeNumberProperty("position", written.entry().position());
        json.writeNumberProperty("index", written.index());
        ids("readable_by", written.readers(), json);
        switch (written.entry()) {
            case Entry.Message message -> {
                if (message.replyTo() != null) {
                    json.writeNumberProperty("reply_to", message.replyTo());
                }
                ids("mentions", message.mentions(), json);
            }
            case Entry.Edit edit -> json.writeNumberProperty("target", edit.target());
            case Entry.Retraction retraction -> json.writeNumberProperty("target", retraction.target());
            case Entry.Reaction reaction -> json.writeNumberProperty("target", reaction.target());
            case Entry.Pinned pinned -> json.writeNumberProperty("target", pinned.target());
            case Entry.Unpinned unpinned -> json.writeNumberProperty("target", unpinned.target());
            case Entry other -> {}
        }
        json.writeEndObject();
    }

    private static void ids(String property, List<UserId> users, JsonGenerator json) {
        json.writeArrayPropertyStart(property);
        users.forEach(user -> json.writeString(user.value()));
        json.writeEndArray();
    }

    private static String timestamp(long micros) {
        long fraction = Math.floorMod(micros, MICROS_PER_SECOND);
        String digits = Long.toString(fraction);
        return Math.floorDiv(micros, MICROS_PER_SECOND) + "." + "0".repeat(6 - digits.length()) + digits;
    }

    /** Slack's texts escape these three and nothing else. */
    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
