package chat.parley.load.testing;

import static org.awaitility.Awaitility.await;

import chat.parley.load.client.ClientNetwork;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A server with the part of the public protocol that the load generator uses, honest or with one {@link Fault}. One event
 * loop does everything, so its state needs no lock.
 */
public final class FakeServer implements AutoCloseable {
    public static final String ADMIN_KEY = "the-admin-key";

    private static final int MAX_BODY = 1 << 20;
    private static final int PAGE_DEFAULT = 50;
    private static final int LAG_STEP = 1_000;

    /** The ordinal of the message of each group that has the fault. */
    private static final int FAULTY = 3;

    private final MultiThreadIoEventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final ChannelGroup channels = new DefaultChannelGroup(loop.next());
    private final FakeChat chat = new FakeChat();
    private final Map<String, FakeChat.Account> tokens = new HashMap<>();
    private final Set<String> admins = new HashSet<>();
    private final Map<String, Map<String, SocketHandler>> sockets = new HashMap<>();
    private final Map<SocketHandler, String> heldBack = new HashMap<>();
    private final Settings settings;
    private final AtomicInteger said = new AtomicInteger();
    private final AtomicInteger called = new AtomicInteger();
    private final AtomicInteger lag = new AtomicInteger();
    private int entriesRead;
    private int inboxesRead;
    private int searched;
    private Channel listening;

    /**
     * @param dropEvery   of this many sends or calls, one is carried out and its connection is cut instead of an answer; 0
     *                    for none
     * @param refuseEvery of this many sends, one is refused transiently; 0 for none
     */
    public record Settings(@Nullable Fault fault, int maxMembers, int tokenSeconds, int dropEvery, int refuseEvery) {
        public static final Settings HONEST = new Settings(null, 100, 900, 0, 0);

        public Settings with(Fault other) {
            return new Settings(other, maxMembers, tokenSeconds, dropEvery, refuseEvery);
        }
    }

    public FakeServer(Settings settings) {
        this.settings = settings;
        listening = listen(0);
    }

    public URI url() {
        return URI.create("http://localhost:" + port());
    }

    public int said() {
        return said.get();
    }

    /** Makes the read model lag by three steps; each read of the metrics reduces the lag by one. */
    public void rebuild() {
        lag.set(3 * LAG_STEP);
    }

    /** Closes all connections without an answer and refuses new ones for a moment; what is stored stays. */
    public void crashAndRestart() {
        int port = port();
        listening.close().syncUninterruptibly();
        channels.close().syncUninterruptibly();
        // The port is free once the selector has closed the old channel.
        listening = await().ignoreException(BindException.class).until(() -> listen(port), Channel::isActive);
    }

    private int port() {
        return ((InetSocketAddress) listening.localAddress()).getPort();
    }

    private Channel listen(int port) {
        return new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channels.add(channel);
                        channel.pipeline()
                                .addLast(new HttpServerCodec())
                                .addLast(new HttpObjectAggregator(MAX_BODY))
                                .addLast(new WebSocketServerProtocolHandler(
                                        "/ws", ClientNetwork.SUBPROTOCOL, true, MAX_BODY))
                                .addLast(new SocketHandler())
                                .addLast(new RequestHandler());
                    }
                })
                .bind("localhost", port)
                .syncUninterruptibly()
                .channel();
    }

    @Override
    public void close() {
        listening.close().syncUninterruptibly();
        channels.close().syncUninterruptibly();
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private boolean has(Fault fault) {
        return settings.fault == fault;
    }

    private boolean dropsNow(AtomicInteger counter) {
        return settings.dropEvery > 0 && counter.get() % settings.dropEvery == 0;
    }

    private FakeChat.Account whoHas(String token) {
        FakeChat.Account account = tokens.get(token);
        if (account == null) {
            throw new FakeChat.Refusal(401, "token-invalid");
        }
        return account;
    }

    private ObjectNode session(FakeChat.Account account) {
        String token = "t" + tokens.size() + "-" + account.id();
        tokens.put(token, account);
        ObjectNode session = FakeChat.JSON
                .createObjectNode()
                .put("accessToken", token)
                .put("refreshToken", account.name())
                .put("expiresInSeconds", settings.tokenSeconds)
                .put("webSocketUrl", "ws://localhost:" + port() + "/ws");
        session.putObject("user").put("id", account.id());
        return session;
    }

    private void deliver(FakeChat.Entry stored) {
        ObjectNode entry = stored.json();
        List<String> to = new ArrayList<>(stored.readers());
        boolean faulty = stored.ordinal() == FAULTY;
        if (faulty && has(Fault.DELIVER_TO_WHO_LEFT)) {
            chat.group(entry.path("conversation").asString()).entries().stream()
                    .filter(earlier -> earlier.path("kind").asString().equals("left"))
                    .forEach(earlier -> to.add(earlier.path("user").asString()));
        }
        String frame = frame(entry, "c" + chat.head());
        boolean first = true;
        for (String user : to) {
            for (SocketHandler socket :
                    List.copyOf(sockets.getOrDefault(user, Map.of()).values())) {
                if (!socket.live) {
                    continue;
                }
                if (first && faulty) {
                    deliverWrongly(socket, frame, entry);
                } else {
                    socket.say(frame);
                }
                String late = heldBack.remove(socket);
                if (late != null && !(first && faulty)) {
                    socket.say(late);
                } else if (late != null) {
                    heldBack.put(socket, late);
                }
                first = false;
            }
        }
    }

    private void deliverWrongly(SocketHandler socket, String frame, ObjectNode entry) {
        if (has(Fault.LOSE_A_DELIVERY)) {
            return;
        }
        if (has(Fault.REORDER_DELIVERIES)) {
            heldBack.put(socket, frame);
            return;
        }
        socket.say(has(Fault.ALTER_A_DELIVERY) ? frame(entry.deepCopy().put("text", "altered"), "c0") : frame);
        if (has(Fault.DOUBLE_A_DELIVERY)) {
            socket.say(frame);
        }
    }

    private ObjectNode store(String user, JsonNode frame, FakeChat.Group group) {
        boolean faulty = group.messages() + 1 == FAULTY;
        ObjectNode send = (ObjectNode) frame;
        if (faulty && has(Fault.REFUSE_A_MESSAGE)) {
            throw new FakeChat.Refusal(400, "message-too-long");
        }
        if (faulty && has(Fault.ACK_AND_FORGET)) {
            return FakeChat.JSON
                    .createObjectNode()
                    .put("position", group.entries().size() + 1);
        }
        if (faulty && has(Fault.STORE_ANOTHER_TEXT)) {
            send.put("text", "another text");
        }
        if (faulty && has(Fault.STORE_WHAT_NOBODY_SENT)) {
            deliver(chat.say(user, send.deepCopy().put("clientMessageId", "nobody")));
        }
        FakeChat.Entry entry = chat.say(user, send);
        deliver(entry);
        if (faulty && has(Fault.STORE_TWICE)) {
            deliver(chat.say(user, send));
        }
        return entry.json();
    }

    private static String frame(ObjectNode entry, @Nullable String cursor) {
        ObjectNode frame = FakeChat.JSON.createObjectNode().put("type", "entry").setAll(entry);
        if (cursor != null) {
            frame.put("cursor", cursor);
        }
        return FakeChat.JSON.writeValueAsString(frame);
    }

    // ---- the socket

    private final class SocketHandler extends SimpleChannelInboundHandler<TextWebSocketFrame> {
        private @Nullable ChannelHandlerContext context;
        private String user = "";
        private boolean live;

        void say(String frame) {
            if (context != null) {
                ChannelFuture ignored = context.writeAndFlush(new TextWebSocketFrame(frame));
            }
        }

        private void say(ObjectNode frame) {
            say(FakeChat.JSON.writeValueAsString(frame));
        }

        @Override
        protected void channelRead0(ChannelHandlerContext channel, TextWebSocketFrame text) {
            context = channel;
            JsonNode frame = FakeChat.JSON.readTree(text.text());
            String ref = frame.path("ref").asString("");
            try {
                switch (frame.path("type").asString()) {
                    case "hello" -> hello(frame);
                    case "message.send" -> send(channel, frame, ref);
                    case "authenticate" -> {
                        FakeChat.Account ignored = whoHas(frame.path("token").asString());
                        say(answer("ack", ref));
                    }
                    case "heartbeat" -> {
                        if (!has(Fault.IGNORE_HEARTBEATS)) {
                            say(answer("heartbeat", null));
                        }
                    }
                    default -> throw new FakeChat.Refusal(400, "unknown-frame-type");
                }
            } catch (FakeChat.Refusal no) {
                say(answer("error", ref).put("code", no.code).put("retryAfterMs", 5));
            }
        }

        private static ObjectNode answer(String type, @Nullable String ref) {
            return FakeChat.JSON.createObjectNode().put("type", type).put("ref", ref);
        }

        private void hello(JsonNode frame) {
            user = whoHas(frame.path("token").asString()).id();
            SocketHandler other = sockets.computeIfAbsent(user, any -> new LinkedHashMap<>())
                    .put(frame.path("device").asString(), this);
            if (other != null && other.context != null) {
                ChannelFuture ignored = other.context.writeAndFlush(new CloseWebSocketFrame(4409, "replaced"));
            }
            say(answer("welcome", null)
                    .put("user", user)
                    .put("heartbeatSeconds", 1)
                    .put("offlineAfterSeconds", 30));
            List<ObjectNode> missed = List.of();
            if (frame.has("cursor")) {
                missed = chat.after(
                        user, Integer.parseInt(frame.path("cursor").asString().substring(1)));
            } else if (frame.has("positions")) {
                missed = chat.afterPositions(user, frame.path("positions"));
            }
            missed.forEach(this::sayMissed);
            say(answer("caught-up", null).put("cursor", "c" + chat.head()));
            live = true;
        }

        private void sayMissed(ObjectNode entry) {
            boolean faulty = entry.path("ordinal").asInt() == FAULTY;
            if (!faulty || !has(Fault.LOSE_IN_A_BACKLOG)) {
                say(frame(entry, null));
            }
            if (faulty && has(Fault.DOUBLE_IN_A_BACKLOG)) {
                say(frame(entry, null));
            }
        }

        private void send(ChannelHandlerContext channel, JsonNode frame, String ref) {
            FakeChat.Group group = chat.group(frame.path("conversation").asString());
            int number = said.incrementAndGet();
            ObjectNode entry = chat.stored(frame);
            if (entry == null) {
                if (settings.refuseEvery > 0 && number % settings.refuseEvery == 0) {
                    throw new FakeChat.Refusal(503, "retry-later");
                }
                entry = store(user, frame, group);
            }
            if (dropsNow(said)) {
                ChannelFuture ignored = channel.close();
                return;
            }
            int position = entry.path("position").asInt();
            boolean faulty = entry.path("ordinal").asInt() == FAULTY;
            say(answer("ack", ref)
                    .put("position", faulty && has(Fault.ACK_A_WRONG_POSITION) ? position + 1 : position));
            if (faulty && has(Fault.ACK_TWICE)) {
                say(answer("ack", ref).put("position", position));
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext channel) throws Exception {
            sockets.getOrDefault(user, new HashMap<>()).values().remove(this);
            super.channelInactive(channel);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext channel, Throwable cause) {
            ChannelFuture ignored = channel.close();
        }
    }

    // ---- REST

    private final class RequestHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
            if (request.uri().equals("/actuator/prometheus")) {
                answer(context, 200, metrics().getBytes(StandardCharsets.UTF_8));
                return;
            }
            called.incrementAndGet();
            int status = 200;
            JsonNode body;
            try {
                body = answer(request);
            } catch (FakeChat.Refusal no) {
                status = no.status;
                body = FakeChat.JSON.createObjectNode().put("code", no.code);
            }
            if (dropsNow(called)) {
                ChannelFuture ignored = context.close();
                return;
            }
            answer(context, status, FakeChat.JSON.writeValueAsBytes(body));
        }

        private static void answer(ChannelHandlerContext context, int status, byte[] bytes) {
            DefaultFullHttpResponse response = new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), Unpooled.wrappedBuffer(bytes));
            response.headers().set(HttpHeaderNames.CONTENT_LENGTH, bytes.length);
            ChannelFuture ignored = context.writeAndFlush(response);
        }

        /** All requests took one to two milliseconds; the lag of the read model falls with each call. */
        private String metrics() {
            int behind = lag.updateAndGet(events -> Math.max(0, events - LAG_STEP));
            return "parley_projection_lag_events{processor=\"inbox\"} " + behind + ".0\n"
                    + "parley_search_lag_events " + behind + ".0\n"
                    + metrics("/api/v1/search", searched)
                    + metrics("/api/v1/inbox", inboxesRead)
                    + metrics("/api/v1/conversations/{conversation}/entries", entriesRead);
        }

        private static String metrics(String uri, int count) {
            return """
                    http_server_requests_seconds_bucket{method="GET",status="200",uri="%1$s",le="0.001"} 0
                    http_server_requests_seconds_bucket{method="GET",status="200",uri="%1$s",le="0.002"} %2$d
                    http_server_requests_seconds_bucket{method="GET",status="200",uri="%1$s",le="+Inf"} %2$d
                    """.formatted(uri, count);
        }

        private JsonNode answer(FullHttpRequest request) {
            QueryStringDecoder url = new QueryStringDecoder(request.uri());
            String[] path = url.path().replace("/api/v1/", "").split("/", -1);
            JsonNode body = request.content().isReadable()
                    ? FakeChat.JSON.readTree(request.content().toString(StandardCharsets.UTF_8))
                    : FakeChat.JSON.createObjectNode();
            String token =
                    request.headers().get(HttpHeaderNames.AUTHORIZATION, "").replace("Bearer ", "");
            return switch (request.method() + " " + path[0] + " " + path.length) {
                case "POST accounts 1" -> FakeChat.JSON.valueToTree(chat.signUp(body));
                case "POST sessions 1" -> session(chat.logIn(body));
                case "POST sessions 2" -> throw new FakeChat.Refusal(401, "token-invalid");
                case "DELETE sessions 2" -> FakeChat.JSON.createObjectNode();
                case "POST conversations 1" -> {
                    FakeChat.Group direct = chat.direct(whoHas(token).id(), body);
                    if (direct != null) {
                        yield direct.view();
                    }
                    FakeChat.Entry entry = chat.start(whoHas(token).id(), body, settings.maxMembers);
                    deliver(entry);
                    yield chat.group(entry.json().path("conversation").asString())
                            .view();
                }
                case "PUT conversations 4" -> {
                    deliver(chat.join(whoHas(token).id(), chat.group(path[1]), settings.maxMembers));
                    yield chat.group(path[1]).view();
                }
                case "DELETE conversations 4" -> {
                    deliver(chat.leave(whoHas(token).id(), chat.group(path[1])));
                    yield chat.group(path[1]).view();
                }
                case "POST conversations 3" ->
                    store(whoHas(token).id(), ((ObjectNode) body).put("conversation", path[1]), chat.group(path[1]));
                case "GET conversations 2" -> chat.group(path[1]).view();
                case "GET conversations 3" -> {
                    entriesRead++;
                    yield entries(chat.group(path[1]), url.parameters());
                }
                case "GET inbox 1" -> {
                    inboxesRead++;
                    yield inbox(whoHas(token).id());
                }
                case "PUT users 4" -> {
                    boolean first =
                            request.headers().get("Parley-Admin-Key", "").equals(ADMIN_KEY);
                    if (!first && !admins.contains(whoHas(token).id())) {
                        throw new FakeChat.Refusal(403, "forbidden");
                    }
                    admins.add(path[1]);
                    yield FakeChat.JSON.createObjectNode();
                }
                case "GET search 1" -> {
                    searched++;
                    yield search(url.parameters().getOrDefault("q", List.of("")).getFirst());
                }
                case "POST search 2" -> {
                    if (!admins.contains(whoHas(token).id())) {
                        throw new FakeChat.Refusal(403, "forbidden");
                    }
                    yield compared(url.parameters()
                            .getOrDefault("conversation", List.of(""))
                            .getFirst());
                }
                default -> throw new FakeChat.Refusal(404, "not-found");
            };
        }

        /** Finds every message, filtered by sender and conversation if the query names them. */
        private ObjectNode search(String query) {
            ObjectNode answer = FakeChat.JSON.createObjectNode().put("next", "more");
            ArrayNode hits = answer.putArray("hits");
            chat.messages()
                    .filter(entry -> has(Fault.FIND_WHAT_WAS_NOT_ASKED_FOR)
                            || !query.contains("from:")
                            || query.endsWith(" from:" + entry.path("sender").asString()))
                    .forEach(hits::add);
            return answer;
        }

        private ObjectNode compared(String conversation) {
            ObjectNode report = FakeChat.JSON
                    .createObjectNode()
                    .put("conversation", conversation)
                    .put("messages", chat.group(conversation).entries().size() - 1);
            report.putObject("counts").put("missing", has(Fault.LOSE_FROM_THE_INDEX) ? 1 : 0);
            return report;
        }

        private ObjectNode inbox(String user) {
            ObjectNode inbox = FakeChat.JSON.createObjectNode();
            ArrayNode all = inbox.putArray("conversations");
            chat.newestFirst(user).forEach(group -> {
                ObjectNode item = group.item(user);
                if (has(Fault.MISCOUNT_UNREAD)) {
                    item.put("unread", item.path("unread").asInt() + 1);
                }
                all.add(item);
            });
            return inbox;
        }

        private ObjectNode entries(FakeChat.Group group, Map<String, List<String>> query) {
            int after =
                    Integer.parseInt(query.getOrDefault("after", List.of("0")).getFirst());
            int limit = Integer.parseInt(
                    query.getOrDefault("limit", List.of("" + PAGE_DEFAULT)).getFirst());
            List<ObjectNode> told = new ArrayList<>(group.entries());
            for (int i = 1; i < told.size() && has(Fault.SWAP_TWO_IN_HISTORY); i++) {
                if (group.entries().get(i - 1).path("ordinal").asInt() == FAULTY) {
                    ObjectNode faulty = told.get(i - 1).deepCopy().put("position", i + 1);
                    told.set(i - 1, told.get(i).deepCopy().put("position", i));
                    told.set(i, faulty);
                }
            }
            ObjectNode answer = FakeChat.JSON.createObjectNode().put("head", told.size());
            ArrayNode page = answer.putArray("entries");
            told.stream()
                    .filter(entry -> !has(Fault.LEAVE_A_GAP_IN_HISTORY)
                            || entry.path("ordinal").asInt() != FAULTY)
                    .filter(entry -> entry.path("position").asInt() > after)
                    .limit(limit)
                    .forEach(page::add);
            return answer;
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            ChannelFuture ignored = context.close();
        }
    }
}
