package chat.parley.api;

/** Who is connected to any push node, now. */
@FunctionalInterface
public interface LiveSessions {
    /** Whether this user has a session on any device that was heard within the time that counts as online. */
    boolean has(UserId user);
}
