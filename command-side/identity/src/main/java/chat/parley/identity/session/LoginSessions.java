package chat.parley.identity.session;

import chat.parley.api.account.DeviceId;
import chat.parley.api.account.LoginSessionId;
import chat.parley.api.account.UserId;
import chat.parley.api.port.LoginVault;
import chat.parley.api.port.OpenLogins;
import chat.parley.identity.policy.AuthProperties;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The open login sessions, in the vault. */
public final class LoginSessions implements LoginVault, OpenLogins {
    private static final String COLUMNS = "session_id, user_id, device_id, generation";
    /** A logout on another node must take effect on this node well within 5 s. */
    private static final Duration BELIEVED_FOR = Duration.ofSeconds(3);

    private static final int MAX_CACHED = 200_000;

    private final JdbcClient vault;
    private final Clock clock;
    private final Duration lifetime;
    private final Duration grace;
    private final LoadingCache<LoginSessionId, Optional<LoginSession>> recentlySeen;

    LoginSessions(JdbcClient vault, Clock clock, AuthProperties properties) {
        this.vault = vault;
        this.clock = clock;
        this.lifetime = properties.refreshTokenTtl();
        this.grace = properties.refreshGrace();
        this.recentlySeen = Caffeine.newBuilder()
                .expireAfterWrite(BELIEVED_FOR)
                .maximumSize(MAX_CACHED)
                .build(this::find);
    }

    /** Opens the session of the device with its first refresh token, and replaces an open session of the device. */
    public LoginSession open(UserId user, DeviceId device, RefreshToken token) {
        LoginSession session = new LoginSession(token.session(), user, device, 0);
        Instant now = clock.instant();
        vault.sql("insert into vault.sessions "
                        + "(user_id, device_id, session_id, refresh_hash, created_at, last_used_at, expires_at) "
                        + "values (?, ?, ?, ?, ?, ?, ?) "
                        + "on conflict (user_id, device_id) do update set session_id = excluded.session_id, "
                        + "refresh_hash = excluded.refresh_hash, generation = 0, created_at = excluded.created_at, "
                        + "last_used_at = excluded.last_used_at, expires_at = excluded.expires_at")
                .params(
                        user.value(),
                        device.value(),
                        token.session().value(),
                        token.hash(),
                        Timestamp.from(now),
                        Timestamp.from(now),
                        Timestamp.from(now.plus(lifetime)))
                .update();
        return session;
    }

    /**
     * Replaces {@code current} by {@code next}.
     *
     * @return whether {@code next} is now the session's token, set by this request or by another one a moment ago
     */
    public boolean rotate(RefreshToken current, RefreshToken next) {
        return isReplaced(current, next) || wasReplacedJustNow(next);
    }

    private boolean isReplaced(RefreshToken current, RefreshToken next) {
        Instant now = clock.instant();
        return vault.sql("update vault.sessions set refresh_hash = ?, last_used_at = ?, expires_at = ? "
                                + "where session_id = ? and refresh_hash = ? and expires_at > ?")
                        .params(
                                next.hash(),
                                Timestamp.from(now),
                                Timestamp.from(now.plus(lifetime)),
                                current.session().value(),
                                current.hash(),
                                Timestamp.from(now))
                        .update()
                == 1;
    }

    /** A token is stored only when the previous one is used, which is also the time of the session's last use. */
    private boolean wasReplacedJustNow(RefreshToken next) {
        return vault.sql("select 1 from vault.sessions where session_id = ? and refresh_hash = ? and last_used_at > ?")
                .params(
                        next.session().value(),
                        next.hash(),
                        Timestamp.from(clock.instant().minus(grace)))
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    public Optional<LoginSession> find(LoginSessionId session) {
        return vault.sql("select " + COLUMNS + " from vault.sessions where session_id = ? and expires_at > ?")
                .params(session.value(), Timestamp.from(clock.instant()))
                .query(LoginSessions::session)
                .optional();
    }

    public Optional<LoginSession> ofDevice(UserId user, DeviceId device) {
        return vault.sql("select " + COLUMNS + " from vault.sessions where user_id = ? and device_id = ?")
                .params(user.value(), device.value())
                .query(LoginSessions::session)
                .optional();
    }

    /** Includes expired sessions, because a socket may outlive its session. */
    public List<LoginSession> all(UserId user) {
        return vault.sql("select " + COLUMNS + " from vault.sessions where user_id = ?")
                .param(user.value())
                .query(LoginSessions::session)
                .list();
    }

    @Override
    public List<Login> of(UserId user) {
        return vault.sql("select session_id, device_id, created_at, last_used_at from vault.sessions "
                        + "where user_id = ? and expires_at > ? order by last_used_at desc, device_id")
                .params(user.value(), Timestamp.from(clock.instant()))
                .query(LoginSessions::login)
                .list();
    }

    /** Like {@link #find}, with an answer that may be a few seconds old. */
    public Optional<LoginSession> recentlySeen(LoginSessionId session) {
        return recentlySeen.get(session);
    }

    @Override
    public void forget(LoginSessionId login) {
        end(login);
    }

    public void end(LoginSessionId session) {
        vault.sql("delete from vault.sessions where session_id = ?")
                .param(session.value())
                .update();
        recentlySeen.invalidate(session);
    }

    public void endOfDevice(UserId user, DeviceId device) {
        vault.sql("delete from vault.sessions where user_id = ? and device_id = ? returning session_id")
                .params(user.value(), device.value())
                .query(String.class)
                .list()
                .forEach(ended -> recentlySeen.invalidate(new LoginSessionId(ended)));
    }

    /** From now on access tokens that the user has are refused until they are refreshed. */
    public void startNewGeneration(UserId user) {
        vault.sql("update vault.sessions set generation = generation + 1 where user_id = ?")
                .param(user.value())
                .update();
        recentlySeen.invalidateAll();
    }

    private static LoginSession session(ResultSet row, int number) throws SQLException {
        return new LoginSession(
                new LoginSessionId(row.getString("session_id")),
                new UserId(row.getString("user_id")),
                new DeviceId(row.getString("device_id")),
                row.getLong("generation"));
    }

    private static Login login(ResultSet row, int number) throws SQLException {
        return new Login(
                new LoginSessionId(row.getString("session_id")),
                new DeviceId(row.getString("device_id")),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("last_used_at").toInstant());
    }
}
