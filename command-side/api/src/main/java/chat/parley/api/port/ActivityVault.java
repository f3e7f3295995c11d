package chat.parley.api.port;

import chat.parley.api.account.DeviceId;
import chat.parley.api.account.UserId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** Persists when connected users were last active, so that a push node has it again after a restart. */
public interface ActivityVault {
    record LastActivity(UserId user, DeviceId device, Instant at) {}

    /** Replaces what this node stored before. */
    void keep(String node, Collection<LastActivity> activities);

    List<LastActivity> of(String node);

    /** Removes what any node stored of this user. */
    void forget(UserId user);
}
