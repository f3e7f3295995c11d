package chat.parley.verify.witness;

import static java.nio.charset.StandardCharsets.UTF_8;

import chat.parley.transparency.TransparencyException;
import chat.parley.transparency.witness.AddCheckpointRequest;
import chat.parley.transparency.witness.AddCheckpointResponse;
import chat.parley.transparency.witness.Witness;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Serves {@code POST /add-checkpoint} of C2SP's tlog-witness. */
final class WitnessServer implements AutoCloseable {
    private static final String PATH = "/add-checkpoint";
    private static final String TEXT = "text/plain; charset=utf-8";

    /** As many requests as are answered at once; a witness has few clients, each with one request at a time. */
    private static final int THREADS = 8;

    /** A client that sends its request more slowly than this is cut off, so that it does not hold a thread for ever. */
    private static final String MAX_REQUEST_SECONDS = "10";

    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int CONTENT_TOO_LARGE = 413;
    private static final int INTERNAL_ERROR = 500;

    private final Witness witness;
    private final PrintStream err;
    private final HttpServer server;
    private final ExecutorService threads;

    private WitnessServer(Witness witness, PrintStream err, HttpServer server) {
        this.witness = witness;
        this.err = err;
        this.server = server;
        this.threads = Executors.newFixedThreadPool(THREADS);
    }

    /**
     * Starts a server on all addresses of this machine.
     *
     * @param port 0 for any that is free
     */
    static WitnessServer start(Witness witness, int port, PrintStream err) throws IOException {
        System.setProperty("sun.net.httpserver.maxReqTime", MAX_REQUEST_SECONDS);
        WitnessServer started = new WitnessServer(witness, err, HttpServer.create(new InetSocketAddress(port), 0));
        started.server.setExecutor(started.threads);
        started.server.createContext("/", started::handle);
        started.server.start();
        return started;
    }

    int port() {
        return server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!exchange.getRequestURI().getPath().equals(PATH)) {
                answer(exchange, AddCheckpointResponse.NOT_FOUND, "A witness has nothing but " + PATH + ".");
            } else if (!exchange.getRequestMethod().equals("POST")) {
                exchange.getResponseHeaders().set("Allow", "POST");
                answer(exchange, METHOD_NOT_ALLOWED, "Checkpoints are sent with POST.");
            } else {
                addCheckpoint(exchange);
            }
        }
    }

    private void addCheckpoint(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(AddCheckpointRequest.MAX_BYTES + 1);
        if (body.length > AddCheckpointRequest.MAX_BYTES) {
            answer(exchange, CONTENT_TOO_LARGE, "A request has at most " + AddCheckpointRequest.MAX_BYTES + " bytes.");
            return;
        }
        AddCheckpointResponse response;
        try {
            response = witness.addCheckpoint(body);
        } catch (TransparencyException | UncheckedIOException failed) {
            err.println("A checkpoint was not cosigned: " + failed.getMessage());
            answer(exchange, INTERNAL_ERROR, "The witness's record cannot be read or written.");
            return;
        }
        answer(exchange, response.status(), response.contentType(), response.body());
    }

    private static void answer(HttpExchange exchange, int status, String message) throws IOException {
        answer(exchange, status, TEXT, (message + "\n").getBytes(UTF_8));
    }

    private static void answer(HttpExchange exchange, int status, String contentType, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", contentType);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
