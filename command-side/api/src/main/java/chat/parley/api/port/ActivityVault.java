package chat.parley.api.port;

import chat.parley.api.account.DeviceId;
import chat.parley.api.account.UserId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** When those who are connected last did something: what a push node that stops keeps for when it starts again. */
public interface ActivityVault {
    record LastActivity(UserId user, DeviceId device, Instant at) {}

    /** In place of what this node has kept before. */
    void keep(String node, Collection<LastActivity> activities);

    List<LastActivity> of(String node);
}
