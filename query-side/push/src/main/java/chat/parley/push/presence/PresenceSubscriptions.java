package chat.parley.push.presence;

import chat.parley.api.account.UserId;
import chat.parley.api.contact.BlockPolicy;
import chat.parley.api.contact.BlockPolicy.Interaction;
import chat.parley.api.contact.ContactEvent;
import chat.parley.api.presence.FindPresence.UserPresence;
import chat.parley.api.presence.PresenceEvent;
import chat.parley.api.presence.PresenceStatus;
import chat.parley.api.presence.VisiblePresence;
import chat.parley.push.fanout.FeedListener;
import chat.parley.push.fanout.LiveEvent;
import chat.parley.push.fanout.LiveFrames;
import chat.parley.push.fanout.Subscriber;
import chat.parley.push.session.SocketSessionRegistry;
import chat.parley.wire.FrameCodec;
import chat.parley.wire.ServerFrame;
import java.time.Instant;
import java.util.ArrayList;
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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who wants to know who is there: each session about its user's contacts, and about those it names. What changes is told
 * every half second, and only where it is different then; so it costs a watcher no more if somebody comes and goes all
 * the time.
 */
public final class PresenceSubscriptions implements FeedListener {
    private static final Logger log = LoggerFactory.getLogger(PresenceSubscriptions.class);

    private final PresenceModel readModel;
    private final LiveFrames frames;
    private final SocketSessionRegistry sessions;
    private final BlockPolicy blocks;
    private final Executor executor;
    private final Map<UserId, Watched> people = new HashMap<>();
    private final Map<Subscriber, Watcher> watchers = new HashMap<>();
    private final Set<Watched> changed = new LinkedHashSet<>();
    private long newest = -1;

    /** @param executor virtual threads, for what waits for the read model */
    public PresenceSubscriptions(
            PresenceModel readModel,
            LiveFrames frames,
            SocketSessionRegistry sessions,
            BlockPolicy blocks,
            Executor executor) {
        this.readModel = readModel;
        this.frames = frames;
        this.sessions = sessions;
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

    private static final class Watched {
        private final UserId user;
        private final Set<Subscriber> by = new LinkedHashSet<>(2);
        private final List<LiveEvent> early = new ArrayList<>(0);
        private long version = -1;
        private VisiblePresence seen = VisiblePresence.NONE;
        private PresenceStatus told = PresenceStatus.OFFLINE;

        Watched(UserId user) {
            this.user = user;
        }

        PresenceStatus status() {
            return seen.status();
        }

        void learn(UserPresence known) {
            if (known.version() <= version) {
                return;
            }
            boolean isFirst = version < 0;
            version = known.version();
            seen = new VisiblePresence(known.devices(), known.lastActive());
            List<LiveEvent> waiting = List.copyOf(early);
            early.clear();
            waiting.forEach(this::apply);
            if (isFirst) {
                told = status();
            }
        }

        void apply(LiveEvent event) {
            if (version < 0) {
                early.add(event);
            } else if (event.position() > version) {
                version = event.position();
                seen = seen.after(event.payload(PresenceEvent.class));
            }
        }
    }

    /** From now on the session's user may get new contacts, which it is told about. */
    public synchronized void enter(Subscriber subscriber) {
        watchers.put(subscriber, new Watcher());
    }

    /** Tells a session, which has entered before it was brought up to date, about its user's contacts. */
    public void attend(Subscriber subscriber) {
        addContacts(subscriber, () -> readModel.contacts(subscriber.user()));
    }

    private interface Question {
        List<UserId> ask() throws InterruptedException;
    }

    /** Messages do not wait for this, and a session does not end with it. */
    private void addContacts(Subscriber subscriber, Question question) {
        try {
            List<UserId> contacts = question.ask();
            synchronized (this) {
                Watcher watcher = watchers.get(subscriber);
                if (watcher == null) {
                    return;
                }
                watcher.contacts.addAll(contacts);
            }
            look(subscriber, contacts);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException failed) {
            log.warn("A session is not told about its user's contacts", failed);
        }
    }

    /**
     * Tells a session about these people from now on.
     *
     * @return false where it would be too many
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
        look(subscriber, users);
        return true;
    }

    public synchronized void unwatch(Subscriber subscriber, Collection<UserId> users) {
        Watcher watcher = watchers.get(subscriber);
        if (watcher != null) {
            users.forEach(watcher.named::remove);
            users.forEach(user -> leaveUnlessWanted(subscriber, watcher, user));
        }
    }

    public synchronized void forget(Subscriber subscriber) {
        Watcher watcher = watchers.remove(subscriber);
        if (watcher != null) {
            watcher.all().forEach(user -> leave(subscriber, user));
        }
    }

    /** Everything that happens from now on is known by events; what is true now, by the read model as of now. */
    private void look(Subscriber subscriber, Collection<UserId> users) throws InterruptedException {
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
            others.forEach(user -> people.computeIfAbsent(user, Watched::new).by.add(subscriber));
            since = newest;
        }
        try {
            for (int from = 0; from < others.size(); from += FrameCodec.MAX_WATCHED) {
                List<UserId> some = others.subList(from, Math.min(others.size(), from + FrameCodec.MAX_WATCHED));
                learn(subscriber, readModel.presences(some, since));
            }
        } catch (RuntimeException failed) {
            forget(subscriber, others);
            throw failed;
        }
    }

    private synchronized void forget(Subscriber subscriber, Collection<UserId> users) {
        Watcher watcher = watchers.get(subscriber);
        if (watcher != null) {
            users.forEach(watcher.named::remove);
            users.forEach(watcher.contacts::remove);
            users.forEach(user -> leave(subscriber, user));
        }
    }

    private synchronized void learn(Subscriber subscriber, List<UserPresence> presences) {
        Watcher watcher = watchers.get(subscriber);
        if (watcher == null) {
            return;
        }
        for (UserPresence presence : presences) {
            Watched watched = people.get(presence.user());
            if (watched != null && watched.by.contains(subscriber)) {
                watched.learn(presence);
                tellPresent(subscriber, watched.user, watched.status(), watched.seen.lastActive());
            }
        }
    }

    /** Who is asked about is answered for in any case: behind a block as somebody who never was there. */
    private void tellPresent(Subscriber subscriber, UserId user, PresenceStatus status, @Nullable Instant lastActive) {
        CompletableFuture<Void> _ = blocks.stops(Interaction.BE_PRESENT, user, subscriber.user())
                .thenAccept(stopped -> tell(
                        subscriber,
                        stopped
                                ? new ServerFrame.Presence(user, PresenceStatus.OFFLINE, null)
                                : new ServerFrame.Presence(user, status, lastActive)));
    }

    private void tellChange(Subscriber subscriber, UserId user, byte[] frame) {
        CompletableFuture<Void> _ = blocks.stops(Interaction.BE_PRESENT, user, subscriber.user())
                .thenAccept(stopped -> {
                    if (!stopped) {
                        subscriber.outbox().offer(frame);
                    }
                });
    }

    private void tell(Subscriber subscriber, ServerFrame.Presence frame) {
        subscriber.outbox().offer(frames.of(frame));
    }

    private void leaveUnlessWanted(Subscriber subscriber, Watcher watcher, UserId user) {
        if (!watcher.wants(user)) {
            leave(subscriber, user);
        }
    }

    private void leave(Subscriber subscriber, UserId user) {
        people.computeIfPresent(user, (_, watched) -> {
            watched.by.remove(subscriber);
            if (watched.by.isEmpty()) {
                changed.remove(watched);
                return null;
            }
            return watched;
        });
    }

    /** In the order of events, from the thread that hands out entries. */
    @Override
    public synchronized void accept(LiveEvent event) {
        newest = event.index();
        if (event.is(PresenceEvent.class)) {
            // The aggregate is "user:presence": most are watched by nobody here and need no decoding.
            Watched watched = people.get(userOf(event.aggregate()));
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
        for (Subscriber subscriber : sessions.of(one)) {
            executor.execute(() -> addContacts(subscriber, () -> List.of(other)));
        }
    }

    private static UserId userOf(String aggregate) {
        return new UserId(aggregate.substring(0, aggregate.indexOf(':')));
    }

    private void noContact(UserId one, UserId other) {
        for (Subscriber subscriber : sessions.of(one)) {
            Watcher watcher = watchers.get(subscriber);
            if (watcher != null && watcher.contacts.remove(other)) {
                leaveUnlessWanted(subscriber, watcher, other);
            }
        }
    }

    /** From now on these two see nothing of each other. */
    public synchronized void blocked(UserId one, UserId other) {
        hide(one, other);
        hide(other, one);
    }

    private void hide(UserId viewer, UserId user) {
        for (Subscriber subscriber : sessions.of(viewer)) {
            Watcher watcher = watchers.get(subscriber);
            if (watcher != null && watcher.wants(user)) {
                tell(subscriber, new ServerFrame.Presence(user, PresenceStatus.OFFLINE, null));
            }
        }
    }

    /** From now on they do again, unless the other has blocked the one, too. */
    public synchronized void unblocked(UserId one, UserId other) {
        show(one, other);
        show(other, one);
    }

    private void show(UserId viewer, UserId user) {
        for (Subscriber subscriber : sessions.of(viewer)) {
            Watcher watcher = watchers.get(subscriber);
            if (watcher != null && watcher.wants(user)) {
                executor.execute(() -> lookAgain(subscriber, user));
            }
        }
    }

    private void lookAgain(Subscriber subscriber, UserId user) {
        try {
            look(subscriber, List.of(user));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException failed) {
            log.warn("A session is not told about somebody who was unblocked", failed);
        }
    }

    /** Every half second: what has changed and is not what it was again. */
    public synchronized void tell() {
        for (Watched watched : changed) {
            PresenceStatus now = watched.status();
            if (now != watched.told) {
                watched.told = now;
                byte[] frame = frames.of(new ServerFrame.Presence(watched.user, now, watched.seen.lastActive()));
                watched.by.forEach(subscriber -> tellChange(subscriber, watched.user, frame));
            }
        }
        changed.clear();
    }
}
