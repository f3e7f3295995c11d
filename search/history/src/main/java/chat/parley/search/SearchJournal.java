package chat.parley.search;

import chat.parley.api.SearchUse;
import chat.parley.api.UserId;

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
