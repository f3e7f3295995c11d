package chat.parley.push.session;

/** How many sessions this node carries, for whoever tells clients where to connect. */
public interface PushSessions {
    int open();
}
