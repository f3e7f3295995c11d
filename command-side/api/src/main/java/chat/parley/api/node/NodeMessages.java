package chat.parley.api.node;

import java.util.function.Consumer;

/**
 * Short messages between the nodes that share a vault. A message reaches the nodes that are connected at the moment, once,
 * and never its sender. Nobody may rely on its arrival.
 */
public interface NodeMessages {
    /**
     * Sends a message without waiting for anything.
     *
     * @param topic   letters and hyphens
     * @param message at most 7,000 bytes
     */
    void send(String topic, String message);

    /** @param receiver called on one thread for all topics, so it returns soon */
    void receive(String topic, Consumer<String> receiver);
}
