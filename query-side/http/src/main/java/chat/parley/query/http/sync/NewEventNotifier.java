package chat.parley.query.http.sync;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.port.EventFeed;
import chat.parley.api.port.EventFeed.Item;
import chat.parley.eventprocessing.feed.FeedFollower;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Wakes requests that wait for new events. One thread follows the event feed for all requests, and a waiting request is an
 * entry in a map. A request names the index that it has read up to. When it registers, the events after that index are
 * either remembered here, or the request is woken at once to read again; so no event between reading and waiting is lost.
 */
public final class NewEventNotifier implements SmartLifecycle, FeedFollower.Listener {
    /** The answer of {@link #after} to a wait that ends without a new event. */
    static final long NOTHING = Long.MIN_VALUE;

    private static final Logger log = LoggerFactory.getLogger(NewEventNotifier.class);

    /**
     * About a second of events on a busy server, longer than the time between a read and the following registration.
     */
    private static final int REMEMBERED = 8192;

    private final FeedFollower follower;
    private final int mostPerUser;
    private final Map<String, Set<Wait>> byConversation = new HashMap<>();
    private final Map<UserId, Set<Wait>> byUser = new HashMap<>();
    private final Deque<Arrival> recent = new ArrayDeque<>();
    private long recentAfter;
    private long passed;
    private boolean running;

    public NewEventNotifier(EventFeed feed, int mostPerUser) {
        this.follower = new FeedFollower(feed, this, "sync-feed", SmartLifecycle.DEFAULT_PHASE);
        this.mostPerUser = mostPerUser;
    }

    /** @param newcomers users who may see the conversation from this event on */
    private record Arrival(long index, String conversation, Set<UserId> newcomers) {
        boolean concerns(Wait wait) {
            return index > wait.afterIndex
                    && (wait.conversations.contains(conversation) || newcomers.contains(wait.user));
        }
    }

    /** A class, because two requests that wait for the same are different waits. */
    private static final class Wait {
        private final UserId user;
        private final Set<String> conversations;
        private final long afterIndex;
        private final CompletableFuture<Long> arrived = new CompletableFuture<>();

        Wait(UserId user, Set<String> conversations, long afterIndex) {
            this.user = user;
            this.conversations = conversations;
            this.afterIndex = afterIndex;
        }
    }

    /**
     * Completes with an index up to which it is worth reading again, or with {@link #NOTHING} when this node stops.
     * Completing it otherwise, by a timeout or by cancelling, ends the wait.
     *
     * @param conversations conversations of which the user is a member
     * @param afterIndex index up to which the request has read
     * @throws Refused {@link Refusal#LIMIT_EXCEEDED} if too many requests of this user are waiting
     */
    public CompletableFuture<Long> after(UserId user, Set<String> conversations, long afterIndex) {
        Wait wait = new Wait(user, conversations, afterIndex);
        long known = registerUnlessKnown(wait);
        if (known >= 0 || known == NOTHING) {
            wait.arrived.complete(known);
        } else {
            var _ = wait.arrived.whenComplete((_, _) -> remove(wait));
        }
        return wait.arrived;
    }

    /** Answers the index with which the wait can be completed at once, or -1 after registering it. */
    private synchronized long registerUnlessKnown(Wait wait) {
        if (!running) {
            return NOTHING;
        }
        if (wait.afterIndex < recentAfter) {
            return passed;
        }
        for (Arrival arrival : recent) {
            if (arrival.concerns(wait)) {
                return arrival.index();
            }
        }
        Set<Wait> ofUser = byUser.computeIfAbsent(wait.user, _ -> new HashSet<>());
        if (ofUser.size() >= mostPerUser) {
            throw new Refused(Refusal.LIMIT_EXCEEDED);
        }
        ofUser.add(wait);
        wait.conversations.forEach(conversation -> byConversation
                .computeIfAbsent(conversation, _ -> new HashSet<>())
                .add(wait));
        return -1;
    }

    private synchronized void remove(Wait wait) {
        remove(byUser, wait.user, wait);
        wait.conversations.forEach(conversation -> remove(byConversation, conversation, wait));
    }

    private static <K> void remove(Map<K, Set<Wait>> waits, K key, Wait wait) {
        waits.computeIfPresent(key, (_, those) -> {
            those.remove(wait);
            return those.isEmpty() ? null : those;
        });
    }

    /** The number of waiting requests. */
    public synchronized int waiting() {
        return byUser.values().stream().mapToInt(Set::size).sum();
    }

    @Override
    public void start() {
        follower.start();
    }

    @Override
    public void stop() {
        List<Wait> waits = new ArrayList<>();
        synchronized (this) {
            running = false;
            byUser.values().forEach(waits::addAll);
            recent.clear();
        }
        follower.stop();
        waits.forEach(wait -> wait.arrived.complete(NOTHING));
    }

    @Override
    public boolean isRunning() {
        return follower.isRunning();
    }

    @Override
    public synchronized void startAfter(long index) {
        passed = index;
        recentAfter = index;
        running = true;
    }

    @Override
    public void accept(Item item, boolean more) {
        if (ConversationEvent.class.isAssignableFrom(item.type())) {
            Arrival arrival = new Arrival(item.index(), item.aggregate(), newcomersOrNone(item));
            // Outside of the lock, because the woken request continues on this thread.
            remember(arrival).forEach(wait -> wait.arrived.complete(arrival.index()));
        }
    }

    /** An event that cannot be decoded still wakes the requests that wait for its conversation. */
    private static Set<UserId> newcomersOrNone(Item item) {
        try {
            return newcomers(item);
        } catch (RuntimeException undecodable) {
            log.warn(
                    "Event {} of {} cannot be decoded, so it wakes no new members",
                    item.index(),
                    item.aggregate(),
                    undecodable);
            return Set.of();
        }
    }

    private synchronized List<Wait> remember(Arrival arrival) {
        passed = arrival.index();
        recent.addLast(arrival);
        if (recent.size() > REMEMBERED) {
            recentAfter = recent.removeFirst().index();
        }
        Set<Wait> woken = new HashSet<>();
        byConversation.getOrDefault(arrival.conversation(), Set.of()).stream()
                .filter(arrival::concerns)
                .forEach(woken::add);
        arrival.newcomers().stream()
                .flatMap(user -> byUser.getOrDefault(user, Set.of()).stream())
                .filter(arrival::concerns)
                .forEach(woken::add);
        return List.copyOf(woken);
    }

    /** Decodes only the few events that may admit users. */
    private static Set<UserId> newcomers(Item item) {
        return ConversationEvent.admits(item.type()) && item.payload() instanceof ConversationEvent event
                ? Set.copyOf(event.admitted())
                : Set.of();
    }
}
