package chat.parley.api.port;

import chat.parley.api.account.UserId;

/** Who is connected to any push node, now. */
@FunctionalInterface
public interface LiveSessions {
    /** Whether this user has a connection, on any device. One that has just been lost is none. */
    boolean has(UserId user);
}
