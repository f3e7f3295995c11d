package chat.parley.push.socket;

import chat.parley.api.Refusal;
import chat.parley.web.address.ClientAddress;
import chat.parley.web.problem.Problem;
import chat.parley.web.problem.ProblemWriter;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
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
import org.springframework.http.MediaType;

/** The HTTP handler of a path for WebSockets. Any origin may connect, because the first frame authenticates, not a cookie. */
public final class SocketEndpoint extends Handler.Wrapper implements WebSocketNegotiator {
    public static final String PATH = "/ws";
    public static final String REPLAY_PATH = "/ws/replay";
    public static final String SUBPROTOCOL = "parley.v1.json";

    private final String path;
    private final SocketHandler.Factory handlers;
    private final BooleanSupplier isDraining;
    private final ProblemWriter problems;
    private final WebSocketMappings upgrades;

    /**
     * @param isDraining whether new sockets are refused because the node stops
     * @param problems   writes the refusals of handshakes, and counts them
     */
    public SocketEndpoint(
            String path,
            SocketHandler.Factory handlers,
            BooleanSupplier isDraining,
            ProblemWriter problems,
            Server server) {
        this.path = path;
        this.handlers = handlers;
        this.isDraining = isDraining;
        this.problems = problems;
        this.upgrades = new WebSocketMappings(WebSocketServerComponents.ensureWebSocketComponents(server));
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (!path.equals(Request.getPathInContext(request))) {
            return super.handle(request, response, callback);
        }
        if (isDraining.getAsBoolean()) {
            refuse(response, Problem.of(Refusal.DRAINING), callback);
        } else if (speaksOnlyAnother(request)) {
            refuse(response, Problem.of(Refusal.INVALID_PARAMETER), callback);
        } else if (!upgrades.upgrade(this, request, response, callback, null)) {
            response.getHeaders().put(HttpHeader.UPGRADE, "websocket");
            refuse(response, Problem.ofStatus(HttpStatus.UPGRADE_REQUIRED_426), callback);
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

    private void refuse(Response response, Problem problem, Callback callback) {
        response.setStatus(problem.status());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.write(true, ByteBuffer.wrap(problems.body(problem)), callback);
    }
}
