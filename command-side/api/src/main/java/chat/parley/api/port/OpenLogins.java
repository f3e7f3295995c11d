package chat.parley.api.port;

import chat.parley.api.account.DeviceId;
import chat.parley.api.account.LoginSessionId;
import chat.parley.api.account.UserId;
import java.time.Instant;
import java.util.List;

/** A user's open login sessions, as stored in the vault. */
@FunctionalInterface
public interface OpenLogins {
    /** The most recently used first. */
    List<Login> of(UserId user);

    /**
     * @param lastUsed when the session was opened or its tokens were last refreshed, which clients do every few minutes
     */
    record Login(LoginSessionId session, DeviceId device, Instant created, Instant lastUsed) {}
}
