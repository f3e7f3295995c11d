package chat.parley.identity.login;

import chat.parley.api.account.DeviceId;
import chat.parley.api.account.UserId;
import chat.parley.api.port.DeviceLeases;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Every operation is one statement, and so one transaction. */
public final class JdbcDeviceLeases implements DeviceLeases {
    private static final String ENDS = "clock_timestamp() + make_interval(secs => ?)";

    /** The nodes that may have a connection of the device, but for the one that holds it now. Ended ones have none. */
    private static final String FORMER = "array(select former from unnest(held.former_holders || held.holder) former"
            + " where former <> excluded.holder"
            + " and exists (select from vault.push_leases lease where lease.holder = former))";

    private static final String HOLD = "insert into vault.held_devices as held (user_id, device_id, presence, holder)"
            + " values (?, ?, ?, ?) on conflict (user_id, device_id) do update set claim = held.claim + 1,"
            + " former_holders = " + FORMER + ", confirmed = " + FORMER + " = '{}', holder = excluded.holder,"
            + " connected = true";

    /** A row that was inserted, not updated, has no transaction that locked it. */
    private static final String HELD =
            " returning user_id, device_id, presence, claim, xmax = 0 as begins, not confirmed as contested";

    private static final String CLAIMS = " from unnest(?::text[], ?::text[], ?::bigint[], ?::bigint[])"
            + " as claimed (user_id, device_id, presence, claim) where held.user_id = claimed.user_id"
            + " and held.device_id = claimed.device_id and held.presence = claimed.presence"
            + " and held.claim = claimed.claim";

    /** Several renewals. A node that was not heard of for so long has probably lost its connections. */
    private static final Duration HEARD = Duration.ofSeconds(5);

    private final JdbcClient vault;

    public JdbcDeviceLeases(JdbcClient vault) {
        this.vault = vault;
    }

    @Override
    public void begin(String holder, String node, Duration duration) {
        vault.sql("insert into vault.push_leases (holder, node, renewed_at, ends_at) values (?, ?, clock_timestamp(), "
                        + ENDS + ") on conflict (holder) do update set renewed_at = excluded.renewed_at, "
                        + "ends_at = excluded.ends_at")
                .params(holder, node, seconds(duration))
                .update();
    }

    @Override
    public boolean renew(String holder, Duration duration) {
        return vault.sql("update vault.push_leases set renewed_at = clock_timestamp(), ends_at = " + ENDS
                                + " where holder = ? and ends_at > clock_timestamp()")
                        .params(seconds(duration), holder)
                        .update()
                > 0;
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    @Override
    public void end(String holder) {
        vault.sql("update vault.push_leases set renewed_at = clock_timestamp(), ends_at = clock_timestamp()"
                        + " where holder = ?")
                .param(holder)
                .update();
    }

    @Override
    public Held hold(String holder, HeldDevice device) {
        return vault.sql(HOLD + HELD)
                .params(device.user().value(), device.device().value(), device.presence(), holder)
                .query(JdbcDeviceLeases::held)
                .single();
    }

    @Override
    public Optional<Held> holdAgain(String holder, HeldDevice device) {
        return vault.sql(HOLD + " where held.holder = excluded.holder or not held.connected or not held.confirmed"
                        + " or not exists (select from vault.push_leases lease where lease.holder = held.holder"
                        + " and lease.ends_at > clock_timestamp())" + HELD)
                .params(device.user().value(), device.device().value(), device.presence(), holder)
                .query(JdbcDeviceLeases::held)
                .optional();
    }

    private static Held held(ResultSet row, int number) throws SQLException {
        return new Held(claim(row), row.getBoolean("begins"), row.getBoolean("contested"));
    }

    private static Claim claim(ResultSet row) throws SQLException {
        return new Claim(device(row), row.getLong("claim"));
    }

    @Override
    public void confirm(Collection<Claim> claims) {
        vault.sql("update vault.held_devices held set confirmed = true" + CLAIMS)
                .params(columns(claims))
                .update();
    }

    private static List<Object> columns(Collection<Claim> claims) {
        return List.of(
                claims.stream().map(claim -> claim.device().user().value()).toArray(String[]::new),
                claims.stream().map(claim -> claim.device().device().value()).toArray(String[]::new),
                claims.stream().map(claim -> claim.device().presence()).toArray(Long[]::new),
                claims.stream().map(Claim::number).toArray(Long[]::new));
    }

    @Override
    public boolean adopt(String holder, HeldDevice device) {
        return vault.sql("insert into vault.held_devices (user_id, device_id, presence, holder, connected)"
                                + " values (?, ?, ?, ?, false) on conflict (user_id, device_id) do nothing")
                        .params(device.user().value(), device.device().value(), device.presence(), holder)
                        .update()
                > 0;
    }

    @Override
    public void setConnected(String holder, Map<HeldDevice, Boolean> devices) {
        List<HeldDevice> changed = List.copyOf(devices.keySet());
        vault.sql("update vault.held_devices held set connected = changed.connected"
                        + " from unnest(?::text[], ?::text[], ?::bigint[], ?::boolean[])"
                        + " as changed (user_id, device_id, presence, connected)"
                        + " where held.holder = ? and held.user_id = changed.user_id"
                        + " and held.device_id = changed.device_id and held.presence = changed.presence")
                .params(
                        changed.stream().map(device -> device.user().value()).toArray(String[]::new),
                        changed.stream().map(device -> device.device().value()).toArray(String[]::new),
                        changed.stream().map(HeldDevice::presence).toArray(Long[]::new),
                        changed.stream().map(devices::get).toArray(Boolean[]::new),
                        holder)
                .update();
    }

    @Override
    public Set<UserId> connected(Set<UserId> users) {
        return vault.sql("select distinct held.user_id from vault.held_devices held join vault.push_leases lease"
                        + " on lease.holder = held.holder where held.connected and held.user_id = any(?)"
                        + " and lease.renewed_at > clock_timestamp() - make_interval(secs => ?)")
                .params(users.stream().map(UserId::value).toArray(String[]::new), seconds(HEARD))
                .query((row, number) -> new UserId(row.getString(1)))
                .set();
    }

    @Override
    public boolean release(String holder, HeldDevice device) {
        return vault.sql("delete from vault.held_devices where user_id = ? and device_id = ? and presence = ?"
                                + " and holder = ?")
                        .params(device.user().value(), device.device().value(), device.presence(), holder)
                        .update()
                > 0;
    }

    @Override
    public List<TakenDevice> takeEnded(String holder) {
        // Of several nodes, the one that deletes the lease gets the devices.
        return vault.sql("with ended as (delete from vault.push_leases where ends_at <= clock_timestamp()"
                        + " and holder <> ? returning holder, renewed_at)"
                        + " update vault.held_devices held set holder = ?, claim = held.claim + 1, connected = false,"
                        + " former_holders = array_remove(held.former_holders, ?) from ended"
                        + " where held.holder = ended.holder returning held.user_id, held.device_id, held.presence,"
                        + " extract(epoch from clock_timestamp() - ended.renewed_at) * 1000 as silent")
                .params(holder, holder, holder)
                .query((row, number) -> new TakenDevice(device(row), Duration.ofMillis(row.getLong("silent"))))
                .list();
    }

    @Override
    public List<MovedDevice> movedAwayFrom(String holder) {
        return vault.sql("select user_id, device_id, presence, claim, confirmed from vault.held_devices"
                        + " where former_holders <> '{}' and ? = any(former_holders) and (confirmed or not connected)")
                .param(holder)
                .query((row, number) -> new MovedDevice(claim(row), row.getBoolean("confirmed")))
                .list();
    }

    @Override
    public void forget(String holder, Collection<Claim> claims) {
        vault.sql("update vault.held_devices held set former_holders = array_remove(former_holders, ?)" + CLAIMS)
                .param(holder)
                .params(columns(claims))
                .update();
    }

    private static HeldDevice device(ResultSet row) throws SQLException {
        return new HeldDevice(
                new UserId(row.getString("user_id")),
                new DeviceId(row.getString("device_id")),
                row.getLong("presence"));
    }
}
