package chat.parley.push.session;

/** The number of clients that this node serves, for the registry that recommends nodes to clients. */
public interface SocketSessionCount {
    int open();
}
