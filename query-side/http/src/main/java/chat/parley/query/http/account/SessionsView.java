package chat.parley.query.http.account;

import chat.parley.api.account.DeviceId;
import chat.parley.api.account.LoginSessionId;
import java.time.Instant;
import java.util.List;

/** The login sessions of the caller. */
record SessionsView(List<Session> sessions) {
    /**
     * @param lastUsed when its tokens were last renewed; clients renew them every few minutes
     * @param current whether the request was made with this session
     */
    record Session(LoginSessionId id, DeviceId device, Instant created, Instant lastUsed, boolean current) {}
}
