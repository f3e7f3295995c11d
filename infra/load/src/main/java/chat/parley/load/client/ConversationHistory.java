package chat.parley.load.client;

import chat.parley.load.protocol.EntryHash;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The entries of one conversation, in the order in which REST answers them. */
public final class ConversationHistory {
    /** An entry without an ordinal is not a message. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private final String conversation;
    private final List<Entry> entries = new ArrayList<>();
    private long last;

    public ConversationHistory(String conversation) {
        this.conversation = conversation;
    }

    /** @param members of the entry that starts a group */
    public record Entry(
            long position,
            String kind,
            String sender,
            @Nullable String user,
            @Nullable String text,
            @Nullable String clientMessageId,
            long ordinal,
            @Nullable List<Member> members,
            Instant at) {
        public List<String> memberIds() {
            return members == null
                    ? List.of()
                    : members.stream().map(Member::user).toList();
        }

        public long contentHash() {
            return EntryHash.entry(kind, sender, user, EntryHash.of(text));
        }
    }

    public record Member(String user) {}

    public void add(JsonNode json) {
        Entry entry = JSON.treeToValue(json, Entry.class);
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
}
