package chat.parley.discovery;

/** The number of sessions on this node. A bean of this type makes the node a push node. */
@FunctionalInterface
public interface GatewaySessions {
    int open();
}
