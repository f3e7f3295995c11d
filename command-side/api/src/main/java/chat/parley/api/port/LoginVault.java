package chat.parley.api.port;

import chat.parley.api.account.SessionId;

/** What the vault keeps of logins, for whoever ends one without being the edge that opened it. */
public interface LoginVault {
    /** Takes none of the login's tokens any more, not even to refresh them; nothing if it is gone already. */
    void forget(SessionId login);
}
