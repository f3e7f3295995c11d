package chat.parley.load.client;

import chat.parley.load.protocol.EntryHash;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The entries of one conversation, in the order in which REST answers them. */
public final class ConversationHistory {
    private final String conversation;
    private final List<Entry> entries = new ArrayList<>();
    private long last;

    public ConversationHistory(String conversation) {
        this.conversation = conversation;
    }

    /** @param members user ids, in the entry that starts a group */
    public record Entry(
            long position,
            String kind,
            String sender,
            @Nullable String user,
            @Nullable String text,
            @Nullable String clientMessageId,
            long ordinal,
            List<String> members,
            Instant at) {
        public long contentHash() {
            return EntryHash.entry(kind, sender, user, EntryHash.of(text));
        }
    }

    public void add(JsonNode json) {
        Entry entry = new Entry(
                json.path("position").asLong(),
                json.path("kind").asString(),
                json.path("sender").asString(),
                text(json, "user"),
                text(json, "text"),
                text(json, "clientMessageId"),
                json.path("ordinal").asLong(0),
                members(json.path("members")),
                Instant.parse(json.path("at").asString()));
        entries.add(entry);
        last = Math.max(last, entry.position);
    }

    public String conversation() {
        return conversation;
    }

    public List<Entry> entries() {
        return entries;
    }

    /** The highest position; 0 if there are no entries. */
    public long last() {
        return last;
    }

    private static @Nullable String text(JsonNode json, String field) {
        return json.path(field).isString() ? json.path(field).asString() : null;
    }

    private static List<String> members(JsonNode array) {
        List<String> members = new ArrayList<>();
        array.forEach(member -> members.add(
                member.isString() ? member.asString() : member.path("user").asString()));
        return members;
    }
}
