package chat.parley.push;

/** How many sessions this node carries, for whoever tells clients where to connect. */
public interface PushSessions {
    int open();
}
