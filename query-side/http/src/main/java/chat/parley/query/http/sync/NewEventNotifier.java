package chat.parley.query.http.sync;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.port.EventFeed;
import chat.parley.api.port.EventFeed.Follower;
import chat.parley.api.port.EventFeed.Item;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Wakes requests that wait for something new: one thread follows the event feed for all of them, and a waiting request
 * is an entry in a map. A request names the index that it has read up to. Whatever came after that is still known here
 * when it registers, or it is woken at once to look again: nothing falls between looking and waiting.
 */
public final class NewEventNotifier implements SmartLifecycle {
    /** What {@link #after} answers when the wait is over and nothing came. */
    static final long NOTHING = Long.MIN_VALUE;

    private static final Logger log = LoggerFactory.getLogger(NewEventNotifier.class);

    /** About a second of a busy server: longer than between a look at the read side and the registration after it. */
    private static final int REMEMBERED = 8192;

    private static final Duration IDLE = Duration.ofSeconds(1);
    private static final Duration BEFORE_FOLLOWING_AGAIN = Duration.ofSeconds(1);

    private final EventFeed feed;
    private final int mostPerUser;
    private final Map<String, Set<Wait>> byConversation = new HashMap<>();
    private final Map<UserId, Set<Wait>> byUser = new HashMap<>();
    private final Deque<Arrival> recent = new ArrayDeque<>();
    private long recentAfter;
    private long passed;
    private @Nullable Thread thread;

    public NewEventNotifier(EventFeed feed, int mostPerUser) {
        this.feed = feed;
        this.mostPerUser = mostPerUser;
    }

    /** @param newcomers those who may see the conversation from this event on */
    private record Arrival(long index, String conversation, Set<UserId> newcomers) {
        boolean concerns(Wait wait) {
            return index > wait.afterIndex
                    && (wait.conversations.contains(conversation) || newcomers.contains(wait.user));
        }
    }

    /** A class and no record: two requests that wait for the same are still two. */
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
     * Whoever completes it otherwise, by a timeout or by cancelling, ends the wait.
     *
     * @param conversations those that the user is a member of
     * @param afterIndex    everything up to here is known to the asker
     * @throws Refused {@link Refusal#LIMIT_EXCEEDED} where too many requests of this user wait already
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

    /** Answers what the wait can be completed with at once; -1 where it has to wait, and is registered. */
    private synchronized long registerUnlessKnown(Wait wait) {
        if (thread == null) {
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

    /** How many requests wait now. */
    public synchronized int waiting() {
        return byUser.values().stream().mapToInt(Set::size).sum();
    }

    @Override
    public synchronized void start() {
        if (thread == null) {
            long head = feed.head();
            passed = head;
            recentAfter = head;
            thread = Thread.ofPlatform().name("sync-arrivals").daemon().start(() -> follow(head));
        }
    }

    @Override
    public void stop() {
        Thread following;
        List<Wait> waits = new ArrayList<>();
        synchronized (this) {
            following = thread;
            thread = null;
            byUser.values().forEach(waits::addAll);
            recent.clear();
        }
        if (following != null) {
            following.interrupt();
        }
        waits.forEach(wait -> wait.arrived.complete(NOTHING));
    }

    @Override
    public synchronized boolean isRunning() {
        return thread != null;
    }

    private void follow(long afterIndex) {
        long after = afterIndex;
        while (isMine()) {
            try (Follower follower = feed.follow(after)) {
                while (isMine()) {
                    Item item = follower.next(IDLE);
                    if (item != null) {
                        after = item.index();
                        passed(item);
                    }
                }
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                log.warn("The event feed failed after index {}; following it again", after, e);
                if (!pause()) {
                    return;
                }
            }
        }
    }

    private synchronized boolean isMine() {
        return Thread.currentThread().equals(thread);
    }

    private static boolean pause() {
        try {
            Thread.sleep(BEFORE_FOLLOWING_AGAIN);
            return true;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void passed(Item item) {
        if (ConversationEvent.class.isAssignableFrom(item.type())) {
            Arrival arrival = new Arrival(item.index(), item.aggregate(), newcomers(item));
            // Outside of the lock: whoever is woken goes on from here.
            remember(arrival).forEach(wait -> wait.arrived.complete(arrival.index()));
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

    /** The few events after which somebody sees a conversation that they did not see before. */
    private static Set<UserId> newcomers(Item item) {
        return ConversationEvent.admits(item.type()) && item.payload() instanceof ConversationEvent event
                ? Set.copyOf(event.admitted())
                : Set.of();
    }
}
