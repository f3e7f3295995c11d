package chat.parley.api.port;

import chat.parley.api.account.UserId;

/** Which users are connected to any push node at present. */
@FunctionalInterface
public interface LiveSessions {
    /** Whether any device of this user has a connection. A lost connection does not count. */
    boolean has(UserId user);
}
