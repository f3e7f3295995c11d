package chat.parley.push.session;

import chat.parley.dispatch.CommandDispatcher;
import chat.parley.push.event.FrameEncoder;
import chat.parley.push.fanout.CatchUpReader;
import chat.parley.push.fanout.CatchUpSubscription;
import chat.parley.push.fanout.Fanout;
import chat.parley.push.fanout.PushMetrics;
import chat.parley.push.fanout.StartingPoint;
import chat.parley.push.fanout.Subscriber;
import chat.parley.push.fanout.SubscriberRegistry;
import chat.parley.push.presence.DevicePresenceTracker;
import chat.parley.push.presence.DevicePresenceTracker.Connection;
import chat.parley.push.presence.PresenceSubscriptions;
import chat.parley.web.token.AuthenticatedUser;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** Connects accepted clients to the fan-out and to presence, and disconnects them. */
public final class ConnectedClients {
    private final SubscriberRegistry subscribers;
    private final Fanout fanout;
    private final CatchUpReader readModel;
    private final FrameEncoder frames;
    private final DevicePresenceTracker devices;
    private final PresenceSubscriptions presences;
    private final CommandDispatcher commands;
    private final Executor executor;
    private final PushMetrics metrics;

    /** @param executor virtual threads, for the commands that move read marks */
    public ConnectedClients(
            SubscriberRegistry subscribers,
            Fanout fanout,
            CatchUpReader readModel,
            FrameEncoder frames,
            DevicePresenceTracker devices,
            PresenceSubscriptions presences,
            CommandDispatcher commands,
            Executor executor,
            PushMetrics metrics) {
        this.subscribers = subscribers;
        this.fanout = fanout;
        this.readModel = readModel;
        this.frames = frames;
        this.devices = devices;
        this.presences = presences;
        this.commands = commands;
        this.executor = executor;
        this.metrics = metrics;
    }

    /**
     * Registers a client. From now on the end of its login session closes its socket. It replaces a client of the same
     * device whose socket was opened before.
     */
    ConnectedClient register(
            Subscriber subscriber,
            Supplier<Instant> lastActive,
            long openedNanos,
            AuthenticatedUser identity,
            FrameReplies replies) {
        subscribers.register(subscriber, lastActive, openedNanos);
        metrics.sessionOpened();
        return new ConnectedClient(
                subscriber, new ReadMarkCoalescer(subscriber.user(), commands, executor, replies::answer), identity);
    }

    void connect(ConnectedClient client, Connection connection) {
        Subscriber subscriber = client.subscriber();
        devices.connected(client.device(), subscriber.login(), connection);
        presences.add(subscriber);
    }

    /** Returns when the client is live or its socket is closed. */
    void catchUp(ConnectedClient client, StartingPoint start) throws InterruptedException {
        new CatchUpSubscription(client.subscriber(), start, fanout, readModel, frames, metrics).run();
    }

    void watchContacts(ConnectedClient client) {
        presences.watchContacts(client.subscriber());
    }

    /** Undoes {@link #register} and {@link #connect}, once. */
    void release(ConnectedClient client, Connection connection) {
        if (client.release()) {
            subscribers.unregister(client.subscriber());
            fanout.remove(client.subscriber());
            disconnect(client, connection);
            client.readMarks().flush();
            metrics.sessionClosed();
        }
    }

    /** Undoes {@link #connect}; may be called again. */
    void disconnect(ConnectedClient client, Connection connection) {
        presences.remove(client.subscriber());
        devices.disconnected(client.device(), connection);
    }
}
