package chat.parley.search.history;

import chat.parley.api.account.UserId;
import chat.parley.api.search.SearchUse;

/** Where it is written down what analysts look for, before they see anything of what was found. */
public interface SearchJournal {
    /**
     * Durable when this returns.
     *
     * @param query as the analyst wrote it
     * @param hits  how many there are in all
     * @throws chat.parley.api.Refused if it could not be written down; then nothing may be shown
     */
    void record(UserId analyst, SearchUse use, String query, long hits);
}
