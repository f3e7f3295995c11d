package chat.parley.audit.conversation;

import chat.parley.api.account.UserId;
import chat.parley.audit.review.ReviewedAccess;
import chat.parley.wire.Entry;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who could read a message, and who read it.
 *
 * @param versions the message, its edits and its retractions, with their texts
 * @param accesses the audit accesses and analysts' searches since then whose recorded subject covers the message, the newest
 *     1000, with this request
 */
record EntryAccessView(List<Entry> versions, List<Reader> readers, List<ReviewedAccess> accesses) {
    /**
     * @param left position of the person's leaving; absent for a member
     * @param read when the person's read position first reached the message; absent if it did not
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Reader(
            UserId user,
            List<Reading> readings,
            @Nullable Long left,
            @Nullable Instant read) {}

    /**
     * @param version position of the version
     * @param since   position of the entry that made it readable for this person
     * @param at      time of that entry
     */
    record Reading(long version, long since, Instant at) {}
}
