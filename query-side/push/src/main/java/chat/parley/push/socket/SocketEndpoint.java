package chat.parley.push.socket;

import static java.nio.charset.StandardCharsets.UTF_8;

import chat.parley.api.Refusal;
import chat.parley.web.address.ClientAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
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

/** The HTTP handler of {@code /ws}. Any origin may connect, because the first frame authenticates, not a cookie. */
public final class SocketEndpoint extends Handler.Wrapper implements WebSocketNegotiator {
    static final String PATH = "/ws";
    public static final String SUBPROTOCOL = "parley.v1.json";
    private static final int UPGRADE_REQUIRED = 426;

    private final SocketHandler.Factory handlers;
    private final BooleanSupplier isDraining;
    private final Consumer<Refusal> onRefusal;
    private final WebSocketMappings upgrades;

    /**
     * @param isDraining whether new sockets are refused because the node stops
     * @param onRefusal  called with each refusal, for the metrics
     */
    public SocketEndpoint(
            SocketHandler.Factory handlers, BooleanSupplier isDraining, Consumer<Refusal> onRefusal, Server server) {
        this.handlers = handlers;
        this.isDraining = isDraining;
        this.onRefusal = onRefusal;
        this.upgrades = new WebSocketMappings(WebSocketServerComponents.ensureWebSocketComponents(server));
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (!PATH.equals(Request.getPathInContext(request))) {
            return super.handle(request, response, callback);
        }
        if (isDraining.getAsBoolean()) {
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

    /** A client that names no subprotocol gets this one; a client that names only others would misread it. */
    private static boolean speaksOnlyAnother(Request request) {
        List<String> offered = request.getHeaders().getCSV(HttpHeader.SEC_WEBSOCKET_SUBPROTOCOL, false);
        return !offered.isEmpty() && !offered.contains(SUBPROTOCOL);
    }

    @Override
    public FrameHandler negotiate(ServerUpgradeRequest asked, ServerUpgradeResponse answered, Callback callback) {
        if (asked.hasSubProtocol(SUBPROTOCOL)) {
            answered.setAcceptedSubProtocol(SUBPROTOCOL);
        }
        // No compression, because its window would be most of the memory of an idle connection.
        answered.setExtensions(List.of());
        return new JettySocket(handlers, addressOf(asked));
    }

    @Override
    public void customize(Configuration socket) {
        // The timer of the sessions notices silence sooner, by the heartbeats.
        socket.setIdleTimeout(Duration.ZERO);
    }

    private void refuse(Response response, Refusal refusal, int status, Callback callback) {
        onRefusal.accept(refusal);
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
