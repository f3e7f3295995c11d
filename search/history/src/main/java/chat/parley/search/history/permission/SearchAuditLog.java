package chat.parley.search.history.permission;

import chat.parley.api.account.UserId;
import chat.parley.api.search.SearchUse;

/** Records what analysts search for, before they see a result. */
public interface SearchAuditLog {
    /**
     * The record is durable when this returns.
     *
     * @param query as the analyst wrote it
     * @param reason as the analyst stated it
     * @param hits  total number of hits
     * @throws chat.parley.api.Refused if the search could not be recorded; then no result may be shown
     */
    void record(UserId analyst, SearchUse use, String query, String reason, long hits);
}
