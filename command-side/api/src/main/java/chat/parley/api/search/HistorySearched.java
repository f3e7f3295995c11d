package chat.parley.api.search;

import chat.parley.api.Sealed;
import chat.parley.api.account.UserId;
import chat.parley.api.port.TextProtection;
import java.time.Instant;
import org.axonframework.serialization.Revision;

/**
 * An analyst searched the history, or is just about to see it.
 *
 * @param query sealed under the analyst's own key, see {@link TextProtection#searchContext}
 * @param hits  how many there were in all, seen or not
 */
@Revision("1")
public record HistorySearched(UserId analyst, SearchUse use, Sealed query, long hits, Instant at) {}
