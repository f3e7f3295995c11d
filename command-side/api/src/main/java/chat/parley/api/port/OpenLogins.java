package chat.parley.api.port;

import chat.parley.api.account.DeviceId;
import chat.parley.api.account.SessionId;
import chat.parley.api.account.UserId;
import java.time.Instant;
import java.util.List;

/** Where a user is logged in, as the vault knows it. */
@FunctionalInterface
public interface OpenLogins {
    /** The most recently used first. */
    List<Login> of(UserId user);

    /** @param lastUsed when it was opened or its tokens were last renewed, which clients do every few minutes */
    record Login(SessionId session, DeviceId device, Instant created, Instant lastUsed) {}
}
