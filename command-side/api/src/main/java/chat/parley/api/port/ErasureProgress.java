package chat.parley.api.port;

import chat.parley.api.account.UserId;

/** Where each store reports that it holds nothing of an erased user any more. */
public interface ErasureProgress {
    /** Stores that follow {@link chat.parley.api.account.AccountEvent.AccountErased}. The names are stored. */
    enum Store {
        READ_MODEL,
        SEARCH_INDEX,
        SAVED_SEARCHES,
        NOTIFICATIONS,
        LOG_SALTS,
        EXPORTS
    }

    /** Durable on return; can be repeated. */
    void done(UserId user, Store store);
}
