package chat.parley.push.session;

import chat.parley.api.account.UserId;
import chat.parley.push.fanout.Subscriber;
import chat.parley.push.presence.ConnectedDevice;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;

/** The client of a socket, from its accepted {@code hello} on. */
final class ConnectedClient {
    private final Subscriber subscriber;
    private final ReadMarkCoalescer readMarks;
    private final AtomicBoolean released = new AtomicBoolean();
    private volatile Instant tokenExpiresAt;

    ConnectedClient(Subscriber subscriber, ReadMarkCoalescer readMarks, Instant tokenExpiresAt) {
        this.subscriber = subscriber;
        this.readMarks = readMarks;
        this.tokenExpiresAt = tokenExpiresAt;
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
        return !now.isBefore(tokenExpiresAt);
    }

    void tokenExpiresAt(Instant expiresAt) {
        tokenExpiresAt = expiresAt;
    }

    /** @return true for the first call only */
    boolean release() {
        return released.compareAndSet(false, true);
    }
}
