package chat.parley.load.client;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A person of ours at the server, on one device: how to log in, and a token that is always fresh. For virtual threads. */
public final class UserAccount {
    /** One device each is all that most scenarios need. */
    static final String DEVICE = "load";

    /** Whatever the server says: renewing more often than this would be an attack. */
    private static final long SHORTEST_LIFETIME_SECONDS = 2;

    private static final double REFRESH_AT_LIFETIME_LEFT = 0.25;

    private static final int PASSWORD_BYTES = 18;

    private final RestClient rest;
    private final String username;
    private final String displayName;
    private final String password;
    private final String device;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Tokens tokens;
    private volatile @Nullable String user;
    private volatile @Nullable String webSocketUrl;

    public UserAccount(RestClient rest, String username, String displayName, String password) {
        this(rest, username, displayName, password, DEVICE);
    }

    private UserAccount(RestClient rest, String username, String displayName, String password, String device) {
        this.rest = rest;
        this.username = username;
        this.displayName = displayName;
        this.password = password;
        this.device = device;
    }

    /** The same person on another device, to be registered too. */
    public UserAccount onDevice(String otherDevice) {
        return new UserAccount(rest, username, displayName, password, otherDevice);
    }

    public static String randomPassword() {
        byte[] random = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    private record Tokens(String access, String refresh, long expiresNanos, long lifetimeNanos) {
        boolean isFresh() {
            return expiresNanos - System.nanoTime() > lifetimeNanos * REFRESH_AT_LIFETIME_LEFT;
        }
    }

    /** Signs up and logs in. A sign-up whose answer got lost is found to be done, by the log-in. */
    public void register() {
        try {
            JsonNode ignored = rest.post(
                    "/accounts", null, Map.of("username", username, "password", password, "displayName", displayName));
        } catch (RequestRefusedException e) {
            if (!e.code().equals("username-taken")) {
                throw e;
            }
        }
        lock.lock();
        try {
            tokens = logIn();
        } finally {
            lock.unlock();
        }
    }

    public String user() {
        return known(user);
    }

    /** The push node that the server recommends to this person. */
    String webSocketUrl() {
        return known(webSocketUrl);
    }

    public String displayName() {
        return displayName;
    }

    String device() {
        return device;
    }

    /** A token with a good part of its life left. */
    public String token() {
        lock.lock();
        try {
            Tokens current = known(tokens);
            if (!current.isFresh()) {
                current = renewed(current);
                tokens = current;
            }
            return current.access;
        } finally {
            lock.unlock();
        }
    }

    /** When the present token had better be replaced; it is never zero or less. */
    Duration freshFor() {
        lock.lock();
        try {
            Tokens current = known(tokens);
            long left = current.expiresNanos - System.nanoTime();
            return Duration.ofNanos(Math.max(1, left - (long) (current.lifetimeNanos * REFRESH_AT_LIFETIME_LEFT)));
        } finally {
            lock.unlock();
        }
    }

    /** Calls with a fresh token, and once more with a new one where the server does not take it. */
    public JsonNode call(Function<String, JsonNode> request) {
        String token = token();
        try {
            return request.apply(token);
        } catch (RequestRefusedException e) {
            if (!e.code().startsWith("token-") && !e.code().equals("unauthenticated")) {
                throw e;
            }
            replaceToken(token);
            return request.apply(token());
        }
    }

    /** The server did not take this token: get another, unless that has happened already. */
    public void replaceToken(String token) {
        lock.lock();
        try {
            if (known(tokens).access.equals(token)) {
                tokens = logIn();
            }
        } finally {
            lock.unlock();
        }
    }

    public void logOut() {
        JsonNode ignored = call(token -> rest.delete("/sessions/current", token));
    }

    /**
     * A refresh token is used up by its first use; where the answer to that got lost, the second use looks like theft
     * and is refused. A client that has the password then logs in.
     */
    private Tokens renewed(Tokens old) {
        try {
            return tokens(rest.post("/sessions/refresh", null, Map.of("refreshToken", old.refresh)));
        } catch (RequestRefusedException e) {
            return logIn();
        }
    }

    private Tokens logIn() {
        Map<String, String> body = new LinkedHashMap<>();
        body.put("username", username);
        body.put("password", password);
        body.put("device", device);
        JsonNode session = rest.post("/sessions", null, body);
        user = session.path("user").path("id").asString();
        webSocketUrl = session.path("webSocketUrl").asString();
        return tokens(session);
    }

    private static Tokens tokens(JsonNode session) {
        long lifetime = TimeUnit.SECONDS.toNanos(Math.max(
                SHORTEST_LIFETIME_SECONDS, session.path("expiresInSeconds").asLong(0)));
        return new Tokens(
                session.path("accessToken").asString(),
                session.path("refreshToken").asString(),
                System.nanoTime() + lifetime,
                lifetime);
    }

    private <T> T known(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException(username + " has not logged in");
        }
        return value;
    }
}
