package chat.parley.push.socket;

import static java.nio.charset.StandardCharsets.UTF_8;

import chat.parley.api.Refusal;
import chat.parley.push.session.ConnectionDrain;
import chat.parley.push.session.PushTier;
import chat.parley.web.address.ClientAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.Configuration;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.server.ServerUpgradeRequest;
import org.eclipse.jetty.websocket.core.server.ServerUpgradeResponse;
import org.eclipse.jetty.websocket.core.server.WebSocketMappings;
import org.eclipse.jetty.websocket.core.server.WebSocketNegotiator;
import org.eclipse.jetty.websocket.core.server.WebSocketServerComponents;

/** Where sockets come in. Who they are is said by their first frame and not by a cookie, so any origin may. */
public final class SocketEndpoint extends Handler.Wrapper implements WebSocketNegotiator {
    static final String PATH = "/ws";
    public static final String SUBPROTOCOL = "parley.v1.json";
    private static final int UPGRADE_REQUIRED = 426;

    private final PushTier tier;
    private final ConnectionDrain drain;
    private final WebSocketMappings upgrades;

    public SocketEndpoint(PushTier tier, ConnectionDrain drain, Server server) {
        this.tier = tier;
        this.drain = drain;
        this.upgrades = new WebSocketMappings(WebSocketServerComponents.ensureWebSocketComponents(server));
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (!PATH.equals(Request.getPathInContext(request))) {
            return super.handle(request, response, callback);
        }
        if (drain.hasBegun()) {
            refuse(response, Refusal.DRAINING, Refusal.DRAINING.status(), callback);
        } else if (speaksOnlyAnother(request)) {
            refuse(response, Refusal.INVALID_PARAMETER, Refusal.INVALID_PARAMETER.status(), callback);
        } else if (!upgrades.upgrade(this, request, response, callback, null)) {
            response.getHeaders().put(HttpHeader.UPGRADE, "websocket");
            refuse(response, Refusal.INVALID_PARAMETER, UPGRADE_REQUIRED, callback);
        }
        return true;
    }

    private static String addressOf(Request request) {
        return ClientAddress.canonical(Request.getRemoteAddr(request));
    }

    /** Whoever names no subprotocol means ours; whoever names others would misread what we say. */
    private static boolean speaksOnlyAnother(Request request) {
        List<String> offered = request.getHeaders().getCSV(HttpHeader.SEC_WEBSOCKET_SUBPROTOCOL, false);
        return !offered.isEmpty() && !offered.contains(SUBPROTOCOL);
    }

    @Override
    public FrameHandler negotiate(ServerUpgradeRequest asked, ServerUpgradeResponse answered, Callback callback) {
        if (asked.hasSubProtocol(SUBPROTOCOL)) {
            answered.setAcceptedSubProtocol(SUBPROTOCOL);
        }
        // No compression: its window would be most of what an idle connection costs.
        answered.setExtensions(List.of());
        return new JettySocket(tier, addressOf(asked));
    }

    @Override
    public void customize(Configuration socket) {
        // Silence is noticed by the heartbeats, sooner and for all sockets by one timer.
        socket.setIdleTimeout(Duration.ZERO);
    }

    private void refuse(Response response, Refusal refusal, int status, Callback callback) {
        tier.metrics().refused(refusal);
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/problem+json");
        response.write(
                true,
                ByteBuffer.wrap("""
                    {"type":"urn:parley:problem:%s","title":"%s","status":%d,"detail":"%s","code":"%s"}\
                    """.formatted(refusal.code(), refusal.title(), status, refusal.title(), refusal.code())
                        .getBytes(UTF_8)),
                callback);
    }
}
