package chat.parley.audit.event;

import chat.parley.api.ExceptionSummary;
import chat.parley.api.port.RawEvents.RawEvent;
import chat.parley.api.process.RepeatingThread;
import chat.parley.audit.event.EventBlocks.Block;
import chat.parley.audit.follow.FollowedEvents;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Follows the event store and stores what each whole block names. Begins anew if the stored blocks are those of another
 * event store, such as one from before a restore. Several nodes write the same rows.
 */
final class BlockIndexer implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(BlockIndexer.class);

    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(3);

    private final FollowedEvents events;
    private final EventBlocks blocks;
    private final EventNames names;
    private final RepeatingThread thread = new RepeatingThread(
            "audit-event-blocks", Duration.ZERO, INTERVAL, STOP_LIMIT, this::follow, BlockIndexer::failed);

    BlockIndexer(FollowedEvents events, EventBlocks blocks, EventNames names) {
        this.events = events;
        this.blocks = blocks;
        this.names = names;
    }

    @Override
    public void start() {
        thread.start();
    }

    @Override
    public void stop() {
        thread.stop();
    }

    @Override
    public boolean isRunning() {
        return thread.isStarted();
    }

    private static void failed(RuntimeException failure) {
        log.warn(
                "The index of event blocks is continued in {} after a failure: {}",
                INTERVAL,
                ExceptionSummary.describe(failure));
    }

    private void follow() throws InterruptedException {
        long next = next();
        blocks.confirm();
        try (FollowedEvents.Follower reader = events.after(next * EventBlocks.SIZE - 1)) {
            Set<Integer> named = new HashSet<>();
            while (thread.isCurrent()) {
                List<RawEvent> batch = reader.next();
                for (RawEvent event : batch) {
                    add(event, named);
                    if (event.index() + 1 == EventBlocks.end(next)) {
                        blocks.add(new Block(next, event.id()), named);
                        named.clear();
                        next++;
                    }
                }
                if (batch.isEmpty()) {
                    reader.await(INTERVAL);
                }
            }
        }
    }

    /** The first block that is not stored. */
    private long next() {
        Optional<Block> newest = blocks.newest();
        if (newest.isEmpty()) {
            return 0;
        }
        Block block = newest.get();
        Optional<RawEvent> last = block.lastIndex() > events.head() ? Optional.empty() : events.at(block.lastIndex());
        if (last.filter(event -> event.id().equals(block.lastEvent())).isPresent()) {
            return block.number() + 1;
        }
        log.warn("The event store is another than the one whose blocks are indexed. They are indexed anew.");
        blocks.clear();
        return 0;
    }

    private void add(RawEvent event, Set<Integer> named) {
        named.add(EventFilter.typeName(EventFilter.simpleName(event.type())));
        names.any(event.payload(), name -> {
            named.add(EventFilter.name(name));
            return false;
        });
    }

    /** Starts when the event store is open, and stops before it is closed. */
    @Override
    public int getPhase() {
        return 0;
    }
}
