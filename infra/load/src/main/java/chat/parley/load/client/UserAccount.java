package chat.parley.load.client;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** An account on one device: logs in, and keeps its access token valid. Its methods block; for virtual threads. */
public final class UserAccount {
    private static final String DEVICE = "load";

    /** Bounds the rate of renewals, whatever lifetime the server answers. */
    private static final long MIN_LIFETIME_SECONDS = 2;

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

    /** The same account on another device; it has to be registered, too. */
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

    /** Signs up and logs in. An account that exists already is logged in to: the answer to its sign-up may have been lost. */
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
        return required(user);
    }

    /** The push node that the server recommends. */
    String webSocketUrl() {
        return required(webSocketUrl);
    }

    public String displayName() {
        return displayName;
    }

    String device() {
        return device;
    }

    /** A token with at least a quarter of its lifetime left. */
    public String token() {
        lock.lock();
        try {
            Tokens current = required(tokens);
            if (!current.isFresh()) {
                current = renewed(current);
                tokens = current;
            }
            return current.access;
        } finally {
            lock.unlock();
        }
    }

    /** The time until the token should be renewed; always positive. */
    Duration freshFor() {
        lock.lock();
        try {
            Tokens current = required(tokens);
            long left = current.expiresNanos - System.nanoTime();
            return Duration.ofNanos(Math.max(1, left - (long) (current.lifetimeNanos * REFRESH_AT_LIFETIME_LEFT)));
        } finally {
            lock.unlock();
        }
    }

    /** Sends a request with a valid token, and again with a new one if the server refuses that token. */
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

    /** Logs in again if this token, which the server refused, is still the current one. */
    public void replaceToken(String token) {
        lock.lock();
        try {
            if (required(tokens).access.equals(token)) {
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
     * A refresh token can be used once. If the answer to its use is lost, the server takes a second use for theft and
     * refuses it; the client then logs in with the password.
     */
    private Tokens renewed(Tokens old) {
        try {
            return tokens(rest.post("/sessions/refresh", null, Map.of("refreshToken", old.refresh)));
        } catch (RequestRefusedException e) {
            return logIn();
        }
    }

    private Tokens logIn() {
        JsonNode session =
                rest.post("/sessions", null, Map.of("username", username, "password", password, "device", device));
        user = session.path("user").path("id").asString();
        webSocketUrl = session.path("webSocketUrl").asString();
        return tokens(session);
    }

    private static Tokens tokens(JsonNode session) {
        long lifetime = TimeUnit.SECONDS.toNanos(
                Math.max(MIN_LIFETIME_SECONDS, session.path("expiresInSeconds").asLong(0)));
        return new Tokens(
                session.path("accessToken").asString(),
                session.path("refreshToken").asString(),
                System.nanoTime() + lifetime,
                lifetime);
    }

    private <T> T required(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException(username + " has not logged in");
        }
        return value;
    }
}
