package chat.parley.eventstore;

import chat.parley.api.port.EventFeed;
import chat.parley.api.port.RawEvents;
import chat.parley.api.port.RawEvents.RawEvent;
import chat.parley.api.process.OwnedThread;
import chat.parley.api.process.StartupFailure;
import chat.parley.vault.VaultTables;
import java.time.Duration;
import java.util.Optional;
import org.axonframework.lifecycle.Phase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Compares the first event of the store with the one that the vault names, before any processor reads events. A new store
 * has none yet, so the vault is told of it soon after it is stored.
 */
final class EventStoreOwnership implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(EventStoreOwnership.class);

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

    private final EventFeed feed;
    private final RawEvents events;
    private final VaultTables vault;
    private final OwnedThread waiting;
    private volatile boolean running;

    EventStoreOwnership(EventFeed feed, RawEvents events, VaultTables vault) {
        this.feed = feed;
        this.events = events;
        this.vault = vault;
        this.waiting = new OwnedThread("parley-first-event", this::awaitFirst, STOP_LIMIT);
    }

    /** @throws StartupFailure if the vault belongs to another event store */
    @Override
    public void start() {
        if (!compare()) {
            waiting.start();
        }
        running = true;
    }

    /** False if there is neither an event nor one that the vault names. */
    private boolean compare() {
        Optional<String> first = events.at(0).map(RawEvent::id);
        Optional<String> named = first.map(vault::firstEvent).or(vault::firstEvent);
        if (!first.equals(named)) {
            throw new StartupFailure(
                    first.isEmpty()
                            ? "The event store is empty, but the vault belongs to one that has events"
                            : "The event store is of another installation of Parley than the vault",
                    "Correct the addresses of the event store and of the vault, or restore the two that belong"
                            + " together. Neither was changed");
        }
        return first.isPresent();
    }

    private void awaitFirst() {
        try (EventFeed.Follower first = feed.follow(-1)) {
            while (first.next(PATIENCE) == null) {
                log.debug("The event store is still empty");
            }
            compare();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            log.error("The vault was not told of the first event; the next start tells it", e);
        }
    }

    @Override
    public void stop() {
        waiting.stop();
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return Phase.INBOUND_EVENT_CONNECTORS - 1;
    }
}
