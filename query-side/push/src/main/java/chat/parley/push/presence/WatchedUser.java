package chat.parley.push.presence;

import chat.parley.api.account.UserId;
import chat.parley.api.presence.FindPresence.UserPresence;
import chat.parley.api.presence.PresenceEvent;
import chat.parley.api.presence.PresenceStatus;
import chat.parley.api.presence.VisiblePresence;
import chat.parley.push.event.LiveEvent;
import chat.parley.push.fanout.Subscriber;
import chat.parley.wire.ServerFrame;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The presence of one user and the subscribers that watch it. Guarded by {@link PresenceSubscriptions}. */
final class WatchedUser {
    private static final long UNKNOWN = -1;

    private final UserId user;
    private final Set<Subscriber> subscribers = new LinkedHashSet<>(2);

    /** Events that came before the state from the read model. */
    private final List<LiveEvent> early = new ArrayList<>(0);

    /** The position of the last event that {@link #presence} includes. */
    private long version = UNKNOWN;

    private VisiblePresence presence = VisiblePresence.NONE;
    private PresenceStatus published = PresenceStatus.OFFLINE;

    WatchedUser(UserId user) {
        this.user = user;
    }

    UserId user() {
        return user;
    }

    Collection<Subscriber> subscribers() {
        return subscribers;
    }

    void add(Subscriber subscriber) {
        subscribers.add(subscriber);
    }

    void remove(Subscriber subscriber) {
        subscribers.remove(subscriber);
    }

    boolean isWatchedBy(Subscriber subscriber) {
        return subscribers.contains(subscriber);
    }

    boolean isUnwatched() {
        return subscribers.isEmpty();
    }

    /** Applies the state of the read model, and then the events that came before it. */
    void apply(UserPresence known) {
        if (known.version() <= version) {
            return;
        }
        boolean isFirst = version == UNKNOWN;
        version = known.version();
        presence = new VisiblePresence(known.devices(), known.lastActive());
        List<LiveEvent> waiting = List.copyOf(early);
        early.clear();
        waiting.forEach(this::apply);
        if (isFirst) {
            published = presence.status();
        }
    }

    void apply(LiveEvent event) {
        if (version == UNKNOWN) {
            early.add(event);
        } else if (event.position() > version) {
            version = event.position();
            presence = presence.after(event.payload(PresenceEvent.class));
        }
    }

    /** @return whether the status differs from the one published before */
    boolean publish() {
        PresenceStatus before = published;
        published = presence.status();
        return published != before;
    }

    ServerFrame.Presence frame() {
        return new ServerFrame.Presence(user, presence.status(), presence.lastActive());
    }
}
