package chat.parley.web.jetty;

import chat.parley.web.limit.ConnectionLimits;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.AbstractMetaDataConnection;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Closes HTTP connections of clients that send or receive too slowly. Jetty's idle timeout does not, because each
 * single byte restarts it. Receiving the head of a request, receiving its body and sending the answer may each take the
 * grace, plus one second for every {@code minRate} bytes transferred. The server's own processing time does not count.
 * Sockets are exempt, because they have heartbeats.
 */
final class SlowConnectionMonitor extends AbstractLifeCycle {
    private static final long EVERY_SECONDS = 2;

    private final Server server;
    private final long graceNanos;
    private final long bytesPerSecond;
    private final Scheduler scheduler = new ScheduledExecutorScheduler("parley-slow-clients", true);
    private Map<Connection, Step> steps = Map.of();

    public SlowConnectionMonitor(Server server, ConnectionLimits limits) {
        this.server = server;
        this.graceNanos = limits.grace().toNanos();
        this.bytesPerSecond = limits.minRate().toBytes();
    }

    private enum Kind {
        WAITING,
        RECEIVING,
        SENDING
    }

    /**
     * A step for which the server waits for the client.
     *
     * @param begun requests whose head was received
     * @param ended answers that were sent
     * @param byBytes bytes transferred when the step began
     */
    private record Step(Kind kind, long begun, long ended, long sinceNanos, long byBytes) {
        boolean isSame(Step other) {
            return kind == other.kind && begun == other.begun && ended == other.ended;
        }
    }

    @Override
    protected void doStart() throws Exception {
        scheduler.start();
        again();
    }

    @Override
    protected void doStop() throws Exception {
        scheduler.stop();
    }

    private void again() {
        scheduler.schedule(this::look, EVERY_SECONDS, TimeUnit.SECONDS);
    }

    private void look() {
        try {
            lookAtAll();
        } finally {
            again();
        }
    }

    private void lookAtAll() {
        long now = System.nanoTime();
        Map<Connection, Step> seen = new HashMap<>();
        for (Connector connector : server.getConnectors()) {
            for (EndPoint endPoint : connector.getConnectedEndPoints()) {
                Connection http = http(endPoint);
                if (http != null) {
                    look(http, now, seen);
                }
            }
        }
        steps = seen;
    }

    private void look(Connection http, long now, Map<Connection, Step> seen) {
        Step before = steps.get(http);
        Step step = step(http, before, now);
        if (step == null) {
            return;
        }
        Step since = before != null && before.isSame(step) ? before : step;
        seen.put(http, since);
        long allowed = graceNanos + TimeUnit.SECONDS.toNanos((step.byBytes() - since.byBytes()) / bytesPerSecond);
        if (since.kind() != Kind.WAITING && now - since.sinceNanos() > allowed) {
            http.getEndPoint().close(new TimeoutException("The client is too slow"));
        }
    }

    private static @Nullable Connection http(EndPoint endPoint) {
        return switch (endPoint.getConnection()) {
            case AbstractMetaDataConnection plain -> plain;
            case SslConnection tls
            when tls.getSslEndPoint().getConnection() instanceof AbstractMetaDataConnection http -> http;
            case null, default -> null;
        };
    }

    /** Null if the server does not wait for the client, for example while it processes the request. */
    private static @Nullable Step step(Connection http, @Nullable Step before, long now) {
        long begun = http.getMessagesIn();
        long ended = http.getMessagesOut();
        EndPoint endPoint = http.getEndPoint();
        if (endPoint instanceof AbstractEndPoint written
                && written.getWriteFlusher().isPending()) {
            return new Step(Kind.SENDING, begun, ended, now, http.getBytesOut());
        }
        if (!endPoint.isFillInterested()) {
            return null;
        }
        long bytes = http.getBytesIn();
        Kind kind = begun == ended && isSilent(before, begun, ended, bytes) ? Kind.WAITING : Kind.RECEIVING;
        return new Step(kind, begun, ended, now, bytes);
    }

    /** Whether no byte of a further request was received. */
    private static boolean isSilent(@Nullable Step before, long begun, long ended, long bytes) {
        if (before == null || before.begun() != begun || before.ended() != ended) {
            return begun > 0 || bytes == 0;
        }
        return switch (before.kind()) {
            case WAITING -> before.byBytes() == bytes;
            case RECEIVING -> false;
            case SENDING -> true;
        };
    }
}
