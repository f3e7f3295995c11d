package chat.parley.push.session;

import chat.parley.api.account.UserId;
import chat.parley.push.fanout.Subscriber;
import chat.parley.push.presence.ConnectedDevice;
import chat.parley.web.token.AuthenticatedUser;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;

/** The client of a socket, from its accepted {@code hello} on. */
final class ConnectedClient {
    private final Subscriber subscriber;
    private final ReadMarkCoalescer readMarks;
    private final AtomicBoolean released = new AtomicBoolean();
    private volatile AuthenticatedUser identity;

    ConnectedClient(Subscriber subscriber, ReadMarkCoalescer readMarks, AuthenticatedUser identity) {
        this.subscriber = subscriber;
        this.readMarks = readMarks;
        this.identity = identity;
    }

    Subscriber subscriber() {
        return subscriber;
    }

    UserId user() {
        return subscriber.user();
    }

    ConnectedDevice device() {
        return new ConnectedDevice(subscriber.user(), subscriber.device());
    }

    ReadMarkCoalescer readMarks() {
        return readMarks;
    }

    boolean isTokenExpired(Instant now) {
        return !now.isBefore(identity.expiresAt());
    }

    /** The user as the newest access token names it. */
    AuthenticatedUser identity() {
        return identity;
    }

    void authenticated(AuthenticatedUser newer) {
        identity = newer;
    }

    /** @return true for the first call only */
    boolean release() {
        return released.compareAndSet(false, true);
    }
}
