package chat.parley.notifications.registration;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.DeviceId;
import chat.parley.api.account.LoginSessionId;
import chat.parley.api.account.UserId;
import chat.parley.notifications.address.PushAddress;
import chat.parley.notifications.address.PushService;
import chat.parley.notifications.address.SubscriptionKeys;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Stores the push addresses of devices in the vault. */
public final class Registrations {
    private final JdbcClient vault;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final int maxDevices;
    private final Duration lifetime;

    public Registrations(DataSource vault, Clock clock, int maxDevices, Duration lifetime) {
        this.vault = JdbcClient.create(vault);
        this.transaction = new TransactionTemplate(new DataSourceTransactionManager(vault));
        this.clock = clock;
        this.maxDevices = maxDevices;
        this.lifetime = lifetime;
    }

    /**
     * Registers the device at this address, and removes every other device from it.
     *
     * @param session login session that registers the device and whose end removes it; null for tokens of another
     * issuer
     * @throws Refused {@link Refusal#RETRY_LATER}
     */
    public void put(RegisteredDevice device, @Nullable LoginSessionId session) {
        try {
            transaction.executeWithoutResult(_ -> replace(device, session));
        } catch (DataIntegrityViolationException sameTargetAtTheSameTime) {
            // The exception's message contains the address.
            throw new Refused(Refusal.RETRY_LATER);
        }
    }

    private void replace(RegisteredDevice device, @Nullable LoginSessionId session) {
        // Serialises writes per user, so that the limit is exact.
        vault.sql("select pg_advisory_xact_lock(hashtextextended(?, 0))")
                .param("push/" + device.user())
                .query()
                .listOfRows();
        vault.sql("delete from vault.push_registrations where user_id = ? and registered_at <= ?")
                .params(device.user().value(), oldest())
                .update();
        // At the limit, the least recently registered device is removed.
        vault.sql("delete from vault.push_registrations where user_id = :user and device_id in (select device_id from"
                        + " vault.push_registrations where user_id = :user and device_id <> :device order by registered_at desc,"
                        + " device_id offset :others)")
                .param("user", device.user().value())
                .param("device", device.id().value())
                .param("others", maxDevices - 1)
                .update();
        insert(device, session);
    }

    private void insert(RegisteredDevice device, @Nullable LoginSessionId session) {
        PushAddress address = device.address();
        SubscriptionKeys keys = address instanceof PushAddress.WebPush browser ? browser.keys() : null;
        vault.sql("delete from vault.push_registrations where service = ? and target = ? "
                        + "and (user_id, device_id) <> (?, ?)")
                .params(
                        address.service().wireName(),
                        address.target(),
                        device.user().value(),
                        device.id().value())
                .update();
        vault.sql("insert into vault.push_registrations "
                        + "(user_id, device_id, session_id, service, target, p256dh, auth, registered_at) "
                        + "values (:user, :device, :session, :service, :target, :p256dh, :auth, :now) "
                        + "on conflict (user_id, device_id) do update set session_id = excluded.session_id, "
                        + "service = excluded.service, target = excluded.target, p256dh = excluded.p256dh, "
                        + "auth = excluded.auth, registered_at = excluded.registered_at")
                .param("user", device.user().value())
                .param("device", device.id().value())
                .param("session", session == null ? null : session.value())
                .param("service", address.service().wireName())
                .param("target", address.target())
                .param("p256dh", keys == null ? null : keys.p256dh())
                .param("auth", keys == null ? null : keys.auth())
                .param("now", Timestamp.from(clock.instant()))
                .update();
    }

    void remove(UserId user, DeviceId device) {
        vault.sql("delete from vault.push_registrations where user_id = ? and device_id = ?")
                .params(user.value(), device.value())
                .update();
    }

    /** A registration after the removal belongs to a new device of the same id. */
    public void deviceRemoved(UserId user, DeviceId device, Instant at) {
        vault.sql("delete from vault.push_registrations where user_id = ? and device_id = ? and registered_at <= ?")
                .params(user.value(), device.value(), Timestamp.from(at))
                .update();
    }

    public void sessionEnded(LoginSessionId session) {
        vault.sql("delete from vault.push_registrations where session_id = ?")
                .param(session.value())
                .update();
    }

    /** A registration after the account was reactivated stays. */
    public void accountClosed(UserId user, Instant at) {
        vault.sql("delete from vault.push_registrations where user_id = ? and registered_at <= ?")
                .params(user.value(), Timestamp.from(at))
                .update();
    }

    /** Removes the registration, unless it was renewed after {@code since}. */
    public boolean gone(RegisteredDevice device, @Nullable Instant since) {
        return vault.sql("delete from vault.push_registrations where user_id = ? and device_id = ? and service = ? "
                                + "and target = ? and registered_at <= ?")
                        .params(
                                device.user().value(),
                                device.id().value(),
                                device.address().service().wireName(),
                                device.address().target(),
                                Timestamp.from(since == null ? clock.instant() : since))
                        .update()
                > 0;
    }

    public List<RegisteredDevice> of(Collection<UserId> users) {
        return vault.sql("select user_id, device_id, service, target, p256dh, auth from vault.push_registrations "
                        + "where user_id = any(?) and registered_at > ? order by user_id, device_id")
                .params(users.stream().map(UserId::value).toArray(String[]::new), oldest())
                .query(Registrations::device)
                .list();
    }

    /** Older registrations have expired. */
    private Timestamp oldest() {
        return Timestamp.from(clock.instant().minus(lifetime));
    }

    private static RegisteredDevice device(ResultSet row, int number) throws SQLException {
        return new RegisteredDevice(
                new UserId(row.getString("user_id")), new DeviceId(row.getString("device_id")), address(row));
    }

    private static PushAddress address(ResultSet row) throws SQLException {
        String service = row.getString("service");
        String target = row.getString("target");
        if (service.equals(PushService.WEB_PUSH.wireName())) {
            return new PushAddress.WebPush(
                    URI.create(target), new SubscriptionKeys(row.getString("p256dh"), row.getString("auth")));
        }
        return service.equals(PushService.APNS.wireName()) ? new PushAddress.Apns(target) : new PushAddress.Fcm(target);
    }
}
