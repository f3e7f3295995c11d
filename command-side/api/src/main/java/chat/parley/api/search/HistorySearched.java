package chat.parley.api.search;

import chat.parley.api.SealedText;
import chat.parley.api.account.UserId;
import java.time.Instant;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/**
 * An analyst searched the history. Stored before the result is shown.
 *
 * @param query sealed under the analyst's own key, see {@code TextProtection.searchContext}
 * @param reason as the analyst stated it, sealed likewise, see {@code TextProtection.searchReasonContext}; null in events
 * from before reasons were asked for
 * @param hits  total number of hits, shown or not
 */
@Revision("2")
public record HistorySearched(
        UserId analyst,
        SearchUse use,
        SealedText query,
        @Nullable SealedText reason,
        long hits,
        Instant at) {}
