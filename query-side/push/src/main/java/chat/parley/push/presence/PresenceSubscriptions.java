package chat.parley.push.presence;

import chat.parley.api.account.UserId;
import chat.parley.api.contact.BlockPolicy;
import chat.parley.api.contact.BlockPolicy.Interaction;
import chat.parley.api.contact.ContactEvent;
import chat.parley.api.presence.FindPresence.UserPresence;
import chat.parley.api.presence.PresenceEvent;
import chat.parley.api.presence.PresenceStatus;
import chat.parley.push.event.FrameEncoder;
import chat.parley.push.event.LiveEvent;
import chat.parley.push.event.LiveEventListener;
import chat.parley.push.fanout.Subscriber;
import chat.parley.push.fanout.SubscriberRegistry;
import chat.parley.wire.FrameCodec;
import chat.parley.wire.ServerFrame;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The presences that the subscribers of this node watch: those of the contacts of their users and of the users they
 * name. Changes are published every half second, and only if the presence differs from the one published before. So a
 * user who connects and disconnects continuously causes no more frames.
 *
 * <p>Threading: may be used by any thread; guarded by its own monitor. Queries, and the sending of frames that wait for
 * a block decision, run outside of it.
 */
public final class PresenceSubscriptions implements LiveEventListener {
    private static final Logger log = LoggerFactory.getLogger(PresenceSubscriptions.class);

    private final PresenceReader readModel;
    private final FrameEncoder frames;
    private final SubscriberRegistry subscribers;
    private final BlockPolicy blocks;
    private final Executor executor;
    private final Map<UserId, WatchedUser> watchedUsers = new HashMap<>();
    private final Map<Subscriber, Watcher> watchers = new HashMap<>();
    private final Set<WatchedUser> changed = new LinkedHashSet<>();
    private long newest = -1;

    /** @param executor virtual threads, for work that waits for the read model */
    public PresenceSubscriptions(
            PresenceReader readModel,
            FrameEncoder frames,
            SubscriberRegistry subscribers,
            BlockPolicy blocks,
            Executor executor) {
        this.readModel = readModel;
        this.frames = frames;
        this.subscribers = subscribers;
        this.blocks = blocks;
        this.executor = executor;
    }

    @Override
    public synchronized void startAfter(long index) {
        newest = index;
    }

    private static final class Watcher {
        private final Set<UserId> named = new HashSet<>();
        private final Set<UserId> contacts = new HashSet<>();

        boolean wants(UserId user) {
            return named.contains(user) || contacts.contains(user);
        }

        Stream<UserId> all() {
            return Stream.concat(named.stream(), contacts.stream()).distinct();
        }
    }

    /** Adds a subscriber. New contacts of its user are watched from now on. */
    public synchronized void add(Subscriber subscriber) {
        watchers.put(subscriber, new Watcher());
    }

    /** Lets a subscriber watch the contacts of its user. */
    public void watchContacts(Subscriber subscriber) {
        addContacts(subscriber, () -> readModel.contacts(subscriber.user()));
    }

    private interface ContactQuery {
        List<UserId> contacts() throws InterruptedException;
    }

    /** A failure is only logged, because messages do not depend on presences. */
    private void addContacts(Subscriber subscriber, ContactQuery query) {
        try {
            List<UserId> contacts = query.contacts();
            synchronized (this) {
                Watcher watcher = watchers.get(subscriber);
                if (watcher == null) {
                    return;
                }
                watcher.contacts.addAll(contacts);
            }
            load(subscriber, contacts);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException failed) {
            log.warn(
                    "The contacts of a user could not be read; the client gets their presences after it reconnects",
                    failed);
        }
    }

    /**
     * Lets a subscriber watch these users, too.
     *
     * @return false if it would watch too many users
     */
    public boolean watch(Subscriber subscriber, Collection<UserId> users) throws InterruptedException {
        synchronized (this) {
            Watcher watcher = watchers.get(subscriber);
            if (watcher == null) {
                return true;
            }
            Set<UserId> named = new HashSet<>(watcher.named);
            named.addAll(users);
            if (named.size() > FrameCodec.MAX_WATCHED) {
                return false;
            }
            watcher.named.addAll(users);
        }
        load(subscriber, users);
        return true;
    }

    public synchronized void unwatch(Subscriber subscriber, Collection<UserId> users) {
        Watcher watcher = watchers.get(subscriber);
        if (watcher != null) {
            users.forEach(watcher.named::remove);
            users.forEach(user -> unwatchUnlessWanted(subscriber, watcher, user));
        }
    }

    /** Removes a subscriber and its subscriptions. */
    public synchronized void remove(Subscriber subscriber) {
        Watcher watcher = watchers.remove(subscriber);
        if (watcher != null) {
            watcher.all().forEach(user -> unwatch(subscriber, user));
        }
    }

    /** Loads the present state from the read model. Later changes come by events. */
    private void load(Subscriber subscriber, Collection<UserId> users) throws InterruptedException {
        List<UserId> others = users.stream()
                .filter(user -> !user.equals(subscriber.user()))
                .distinct()
                .toList();
        long since;
        synchronized (this) {
            Watcher watcher = watchers.get(subscriber);
            if (watcher == null) {
                return;
            }
            others.forEach(
                    user -> watchedUsers.computeIfAbsent(user, WatchedUser::new).add(subscriber));
            since = newest;
        }
        try {
            for (int from = 0; from < others.size(); from += FrameCodec.MAX_WATCHED) {
                List<UserId> some = others.subList(from, Math.min(others.size(), from + FrameCodec.MAX_WATCHED));
                apply(subscriber, readModel.presences(some, since));
            }
        } catch (RuntimeException failed) {
            unwatchAll(subscriber, others);
            throw failed;
        }
    }

    private synchronized void unwatchAll(Subscriber subscriber, Collection<UserId> users) {
        Watcher watcher = watchers.get(subscriber);
        if (watcher != null) {
            users.forEach(watcher.named::remove);
            users.forEach(watcher.contacts::remove);
            users.forEach(user -> unwatch(subscriber, user));
        }
    }

    private synchronized void apply(Subscriber subscriber, List<UserPresence> presences) {
        Watcher watcher = watchers.get(subscriber);
        if (watcher == null) {
            return;
        }
        for (UserPresence presence : presences) {
            WatchedUser watched = watchedUsers.get(presence.user());
            if (watched != null && watched.isWatchedBy(subscriber)) {
                watched.apply(presence);
                sendPresent(subscriber, watched);
            }
        }
    }

    /** Sends the present state. If there is a block, it is that of a user who has never been online. */
    private void sendPresent(Subscriber subscriber, WatchedUser watched) {
        UserId user = watched.user();
        ServerFrame.Presence present = watched.frame();
        CompletableFuture<Void> _ = blocks.stops(Interaction.BE_PRESENT, user, subscriber.user())
                .thenAccept(stopped -> send(subscriber, stopped ? offline(user) : present));
    }

    private void sendChange(Subscriber subscriber, UserId user, byte[] frame) {
        CompletableFuture<Void> _ = blocks.stops(Interaction.BE_PRESENT, user, subscriber.user())
                .thenAccept(stopped -> {
                    if (!stopped) {
                        subscriber.outbound().offer(frame);
                    }
                });
    }

    private void send(Subscriber subscriber, ServerFrame.Presence frame) {
        subscriber.outbound().offer(frames.of(frame));
    }

    private static ServerFrame.Presence offline(UserId user) {
        return new ServerFrame.Presence(user, PresenceStatus.OFFLINE, null);
    }

    private void unwatchUnlessWanted(Subscriber subscriber, Watcher watcher, UserId user) {
        if (!watcher.wants(user)) {
            unwatch(subscriber, user);
        }
    }

    private void unwatch(Subscriber subscriber, UserId user) {
        watchedUsers.computeIfPresent(user, (_, watched) -> {
            watched.remove(subscriber);
            if (watched.isUnwatched()) {
                changed.remove(watched);
                return null;
            }
            return watched;
        });
    }

    /** Takes the events of presences and contacts, in their order, from the thread that feeds the fan-out. */
    @Override
    public synchronized void accept(LiveEvent event) {
        newest = event.index();
        if (event.is(PresenceEvent.class)) {
            // The aggregate is "user:presence". Most are not watched on this node and are not decoded.
            WatchedUser watched = watchedUsers.get(userOf(event.aggregate()));
            if (watched != null) {
                watched.apply(event);
                changed.add(watched);
            }
        } else if (event.is(ContactEvent.ContactAccepted.class)) {
            ContactEvent accepted = event.payload(ContactEvent.class);
            newContact(accepted.by(), accepted.with());
            newContact(accepted.with(), accepted.by());
        } else if (event.is(ContactEvent.ContactRemoved.class)) {
            ContactEvent ended = event.payload(ContactEvent.class);
            noContact(ended.by(), ended.with());
            noContact(ended.with(), ended.by());
        }
    }

    private void newContact(UserId one, UserId other) {
        for (Subscriber subscriber : subscribers.of(one)) {
            executor.execute(() -> addContacts(subscriber, () -> List.of(other)));
        }
    }

    private static UserId userOf(String aggregate) {
        return new UserId(aggregate.substring(0, aggregate.indexOf(':')));
    }

    private void noContact(UserId one, UserId other) {
        for (Subscriber subscriber : subscribers.of(one)) {
            Watcher watcher = watchers.get(subscriber);
            if (watcher != null && watcher.contacts.remove(other)) {
                unwatchUnlessWanted(subscriber, watcher, other);
            }
        }
    }

    /** A block between two users: each is offline for the other one. */
    public synchronized void blocked(UserId one, UserId other) {
        sendOffline(one, other);
        sendOffline(other, one);
    }

    private void sendOffline(UserId viewer, UserId user) {
        for (Subscriber subscriber : subscribers.of(viewer)) {
            Watcher watcher = watchers.get(subscriber);
            if (watcher != null && watcher.wants(user)) {
                send(subscriber, offline(user));
            }
        }
    }

    /** A block was removed. The users see each other again unless the other direction is blocked. */
    public synchronized void unblocked(UserId one, UserId other) {
        reload(one, other);
        reload(other, one);
    }

    private void reload(UserId viewer, UserId user) {
        for (Subscriber subscriber : subscribers.of(viewer)) {
            Watcher watcher = watchers.get(subscriber);
            if (watcher != null && watcher.wants(user)) {
                executor.execute(() -> reload(subscriber, user));
            }
        }
    }

    private void reload(Subscriber subscriber, UserId user) {
        try {
            load(subscriber, List.of(user));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException failed) {
            log.warn(
                    "The presence of an unblocked user could not be read; the client gets it with its next change",
                    failed);
        }
    }

    /** Publishes the presences that differ from those published before; called every half second. */
    public synchronized void publishChanges() {
        for (WatchedUser watched : changed) {
            if (watched.publish()) {
                byte[] frame = frames.of(watched.frame());
                watched.subscribers().forEach(subscriber -> sendChange(subscriber, watched.user(), frame));
            }
        }
        changed.clear();
    }
}
