package chat.parley.search.history.generation;

import chat.parley.eventprocessing.sharing.SegmentOwners;
import chat.parley.search.history.document.EventCounts;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How far one segment of a processor is, who works on it, and what it has seen so far.
 *
 * @param timestamp the owner's last sign of life, in epoch milliseconds
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record TokenDocument(
        String processor,
        int segment,
        @Nullable String token,
        @Nullable String tokenType,
        @Nullable String owner,
        long timestamp,
        EventCounts tally) {
    boolean isOwnedBy(String node) {
        return node.equals(owner);
    }

    String ownerOrNobody() {
        return owner == null ? SegmentOwners.NOBODY : owner;
    }

    boolean isClaimable(Set<String> others) {
        return !others.contains(ownerOrNobody());
    }

    TokenDocument claimedBy(String node, Instant now) {
        return new TokenDocument(processor, segment, token, tokenType, node, now.toEpochMilli(), tally);
    }

    TokenDocument released() {
        return new TokenDocument(processor, segment, token, tokenType, null, timestamp, tally);
    }

    TokenDocument advanced(@Nullable String to, @Nullable String type, EventCounts seen, Instant now) {
        return new TokenDocument(processor, segment, to, type, owner, now.toEpochMilli(), tally.plus(seen));
    }

    String id() {
        return id(processor, segment);
    }

    static String id(String processor, int segment) {
        return processor + "/" + segment;
    }
}
