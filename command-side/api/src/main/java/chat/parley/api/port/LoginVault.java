package chat.parley.api.port;

import chat.parley.api.account.LoginSessionId;

/** Access to stored login sessions for modules other than the one that opens them. */
public interface LoginVault {
    /** Revokes all tokens of this login session. Does nothing if it is gone already. */
    void forget(LoginSessionId login);
}
