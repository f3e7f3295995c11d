package chat.parley.api.search;

import chat.parley.api.SealedText;
import chat.parley.api.account.UserId;
import chat.parley.api.port.TextProtection;
import java.time.Instant;
import org.axonframework.serialization.Revision;

/**
 * An analyst searched the history. Stored before the result is shown.
 *
 * @param query sealed under the analyst's own key, see {@link TextProtection#searchContext}
 * @param hits  total number of hits, shown or not
 */
@Revision("1")
public record HistorySearched(UserId analyst, SearchUse use, SealedText query, long hits, Instant at) {}
