package chat.parley.eventprocessing.sharing;

import chat.parley.api.node.NodeMessages;
import chat.parley.eventprocessing.stream.EventHead;
import chat.parley.eventprocessing.stream.ProgressSignal;
import chat.parley.eventprocessing.token.StoredPositions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The progress of processors on all nodes, as soon as somebody needs it. A node on which a thread waits for segments of
 * other nodes, or for processors that it does not run, asks. The others end the linger of their processors, and tell their
 * positions once these include all events that are stored by then. Nobody asks while nobody waits.
 *
 * <p>Messages may be lost, so stored tokens are read too, at intervals.
 */
public final class SharedProgress implements StoredPositions {
    private static final Logger log = LoggerFactory.getLogger(SharedProgress.class);

    private static final String QUESTION = "?";
    /** How long an answer waits for a processor that is behind; who asked sees what there is then. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    /** Age of tokens that are not read again. */
    private static final long STORED_NANOS = Duration.ofMillis(100).toNanos();

    private final NodeMessages nodes;
    private final String topic;
    private final RunningProcessors processors;
    private final StoredPositions stored;
    private final EventHead head;
    private final ProgressSignal progress;
    private final Runnable othersAdvanced;
    private final Map<String, Map<Integer, Long>> told = new ConcurrentHashMap<>();
    private final Map<String, Stored> read = new ConcurrentHashMap<>();
    private final AtomicInteger questions = new AtomicInteger();

    private record Stored(Map<Integer, Long> positions, long readNanos) {
        boolean isRecent() {
            return System.nanoTime() - readNanos < STORED_NANOS;
        }
    }

    /**
     * @param topic          of the messages; one for each read model
     * @param othersAdvanced runs when another node has told its positions
     */
    public SharedProgress(
            NodeMessages nodes,
            String topic,
            RunningProcessors processors,
            StoredPositions stored,
            EventHead head,
            ProgressSignal progress,
            Runnable othersAdvanced) {
        this.nodes = nodes;
        this.topic = topic;
        this.processors = processors;
        this.stored = stored;
        this.head = head;
        this.progress = progress;
        this.othersAdvanced = othersAdvanced;
    }

    /** Begins to ask and to answer. */
    public void start() {
        progress.askOthers(this::ask);
        nodes.receive(topic, this::received);
    }

    private void ask() {
        if (processors.all().isEmpty() || !processors.all().stream().allMatch(SharedProcessor::isHeldWhole)) {
            nodes.send(topic, QUESTION);
        }
    }

    private void received(String message) {
        if (!message.equals(QUESTION)) {
            for (String position : message.split(" ", -1)) {
                learn(position);
            }
            othersAdvanced.run();
        } else if (questions.getAndIncrement() == 0) {
            Thread.ofVirtual().name("parley-progress").start(this::answer);
        }
    }

    /** Answers all questions that arrive meanwhile, too. */
    private void answer() {
        int answered;
        do {
            answered = questions.get();
            tellPositions();
        } while (!questions.compareAndSet(answered, 0));
    }

    private void tellPositions() {
        try {
            long now = head.index();
            if (!processors.all().isEmpty()) {
                progress.awaitHere(() -> includes(now), PATIENCE);
            }
            String positions = processors.all().stream()
                    .flatMap(processor -> processor.held().entrySet().stream()
                            .map(segment -> processor.name() + "/" + segment.getKey() + "/" + segment.getValue()))
                    .collect(Collectors.joining(" "));
            if (!positions.isEmpty()) {
                nodes.send(topic, positions);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            log.debug("Another node was not told the positions of processors", e);
        }
    }

    private boolean includes(long index) {
        return processors.all().stream()
                .flatMap(processor -> processor.held().values().stream())
                .allMatch(position -> position >= index);
    }

    private void learn(String position) {
        String[] parts = position.split("/", -1);
        told.computeIfAbsent(parts[0], _ -> new ConcurrentHashMap<>())
                .merge(Integer.valueOf(parts[1]), Long.valueOf(parts[2]), Math::max);
    }

    @Override
    public Map<Integer, Long> of(String processor) {
        Stored tokens = read.get(processor);
        if (tokens == null || !tokens.isRecent()) {
            tokens = new Stored(stored.of(processor), System.nanoTime());
            read.put(processor, tokens);
        }
        Map<Integer, Long> positions = new HashMap<>(tokens.positions);
        told.getOrDefault(processor, Map.of())
                .forEach((segment, position) -> positions.merge(segment, position, Math::max));
        return positions;
    }
}
