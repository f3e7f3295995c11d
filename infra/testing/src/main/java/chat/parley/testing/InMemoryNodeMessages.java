package chat.parley.testing;

import chat.parley.api.node.NodeMessages;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Messages between nodes that are objects of one test, delivered by their sender's thread. */
public final class InMemoryNodeMessages {
    private final List<Node> nodes = new CopyOnWriteArrayList<>();

    public NodeMessages node() {
        Node node = new Node();
        nodes.add(node);
        return node;
    }

    private final class Node implements NodeMessages {
        private final Map<String, Consumer<String>> receivers = new ConcurrentHashMap<>();

        @Override
        public void send(String topic, String message) {
            List<Node> others = new ArrayList<>(nodes);
            others.remove(this);
            others.forEach(other -> other.receivers.getOrDefault(topic, _ -> {}).accept(message));
        }

        @Override
        public void receive(String topic, Consumer<String> receiver) {
            receivers.put(topic, receiver);
        }
    }
}
