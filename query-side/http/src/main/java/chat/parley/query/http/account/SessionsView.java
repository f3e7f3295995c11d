package chat.parley.query.http.account;

import chat.parley.api.account.DeviceId;
import chat.parley.api.account.LoginSessionId;
import java.time.Instant;
import java.util.List;

/** Where one is logged in. */
record SessionsView(List<Session> sessions) {
    /**
     * @param lastUsed when its tokens were last renewed, which clients do every few minutes
     * @param current  whether this is the session that asks
     */
    record Session(LoginSessionId id, DeviceId device, Instant created, Instant lastUsed, boolean current) {}
}
