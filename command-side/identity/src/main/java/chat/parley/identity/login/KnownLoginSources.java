package chat.parley.identity.login;

import chat.parley.api.account.DeviceId;
import chat.parley.api.account.UserId;
import chat.parley.api.port.KeyedHash;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The devices and addresses from which each account was logged into. The vault holds them as keyed hashes, in a bounded
 * number for each account, and for a limited time.
 */
public final class KnownLoginSources {
    /** Devices and addresses together. The least recently seen are deleted. */
    public static final int MAX_PER_ACCOUNT = 200;

    private static final Duration FORGOTTEN_AFTER = Duration.ofDays(180);
    /** A source that is seen again sooner is not written again. */
    private static final Duration WRITTEN_EVERY = Duration.ofDays(1);

    private final JdbcClient vault;
    private final KeyedHash hash;
    private final Clock clock;

    public KnownLoginSources(JdbcClient vault, KeyedHash hash, Clock clock) {
        this.vault = vault;
        this.hash = hash;
        this.clock = clock;
    }

    /** Which of the two sources of an attempt are known. */
    public record Known(boolean device, boolean address) {
        boolean either() {
            return device || address;
        }
    }

    /** Takes the same time if the user does not exist. */
    public Known of(Optional<UserId> user, DeviceId device, String address) {
        List<String> found = vault.sql("select source from vault.known_sources "
                        + "where user_id = ? and source in (?, ?) and last_seen_at > ?")
                .params(user.map(UserId::value).orElse(""), source(device), source(address), before(FORGOTTEN_AFTER))
                .query(String.class)
                .list();
        return new Known(found.contains(source(device)), found.contains(source(address)));
    }

    public void remember(UserId user, DeviceId device, String address) {
        remember(user, address);
        write(user, source(device));
    }

    /** For a sign-up, which has an address but no device yet. */
    public void remember(UserId user, String address) {
        write(user, source(address));
    }

    public void forget(UserId user, DeviceId device) {
        vault.sql("delete from vault.known_sources where user_id = ? and source = ?")
                .params(user.value(), source(device))
                .update();
    }

    public void forget(UserId user) {
        vault.sql("delete from vault.known_sources where user_id = ?")
                .param(user.value())
                .update();
    }

    private void write(UserId user, String source) {
        int written = vault.sql("insert into vault.known_sources as known (user_id, source, last_seen_at) "
                        + "values (?, ?, ?) on conflict (user_id, source) "
                        + "do update set last_seen_at = excluded.last_seen_at where known.last_seen_at < ?")
                .params(user.value(), source, Timestamp.from(clock.instant()), before(WRITTEN_EVERY))
                .update();
        if (written > 0) {
            vault.sql("delete from vault.known_sources where user_id = :user and (last_seen_at <= :forgotten or"
                            + " source in (select source from vault.known_sources where user_id = :user order by"
                            + " last_seen_at desc, source offset :most))")
                    .param("user", user.value())
                    .param("forgotten", before(FORGOTTEN_AFTER))
                    .param("most", MAX_PER_ACCOUNT)
                    .update();
        }
    }

    private Timestamp before(Duration time) {
        return Timestamp.from(clock.instant().minus(time));
    }

    private String source(DeviceId device) {
        return hash.of(KeyedHash.Purpose.LOGIN_SOURCE, "device/" + device);
    }

    private String source(String address) {
        return hash.of(KeyedHash.Purpose.LOGIN_SOURCE, "address/" + address);
    }
}
