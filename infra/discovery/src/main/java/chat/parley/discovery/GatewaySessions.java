package chat.parley.discovery;

/** How many sessions this node carries now; whoever provides this as a bean makes the node a push node. */
@FunctionalInterface
public interface GatewaySessions {
    int open();
}
