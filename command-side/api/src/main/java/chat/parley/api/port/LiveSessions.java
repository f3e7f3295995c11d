package chat.parley.api.port;

import chat.parley.api.account.UserId;
import java.util.Set;

/** Which users are connected to any push node at present. */
@FunctionalInterface
public interface LiveSessions {
    /** Those of these users of whom a device has a connection, to whichever node. A lost connection does not count. */
    Set<UserId> among(Set<UserId> users);
}
