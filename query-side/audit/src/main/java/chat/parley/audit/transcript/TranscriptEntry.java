package chat.parley.audit.transcript;

import chat.parley.api.account.UserId;
import chat.parley.wire.Entry;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One selected entry.
 *
 * @param index         its global index
 * @param micros        its time in microseconds since 1970, which no other entry of the conversation has
 * @param entry         as it was written, whatever changed it later
 * @param readers       whoever could read it as it was written
 * @param thread        the first message of the thread of replies; null for a message that is no reply
 * @param partOfMessage whether it is an edit, retraction or reaction of a message that is selected too
 * @param reactions     the message's reactions at the end of the range
 * @param versions      the message's later versions
 */
public record TranscriptEntry(
        long index,
        long micros,
        Entry entry,
        List<UserId> readers,
        @Nullable ReplyThread thread,
        boolean partOfMessage,
        List<Reaction> reactions,
        Versions versions) {
    /** @param micros as {@link TranscriptEntry#micros} */
    public record ReplyThread(long position, long micros) {}

    /** Reads later versions in their order, one at a time, because all of them may be larger than the memory. */
    public interface Versions {
        int count();

        void forEach(VersionConsumer consumer) throws IOException;
    }

    /** Takes each version. */
    @FunctionalInterface
    public interface VersionConsumer {
        void accept(Version version) throws IOException;
    }

    @Override
    public String toString() {
        return "TranscriptEntry[" + entry + "]";
    }
}
