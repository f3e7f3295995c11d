package chat.parley.push.session;

import chat.parley.api.account.AccountEvent;
import chat.parley.api.account.DeviceId;
import chat.parley.api.account.LoginSessionId;
import chat.parley.push.presence.ConnectedDevice;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Logins that ended, devices that were removed, roles that changed and accounts that were closed a short while ago: tokens of
 * before are still within their time and must not come in again. Known from the feed, so only since this node runs.
 */
public final class EndedLogins {
    /** Longer than any access token lives. */
    private static final Duration REMEMBERED_FOR = Duration.ofHours(1);

    /** Some 150 bytes each. */
    private static final int MAX_REMEMBERED = 200_000;

    private final Cache<Object, Instant> ended = Caffeine.newBuilder()
            .expireAfterWrite(REMEMBERED_FOR)
            .maximumSize(MAX_REMEMBERED)
            .build();

    void remember(AccountEvent event) {
        switch (event) {
            case AccountEvent.SessionEnded e -> ended.put(e.session(), e.at());
            case AccountEvent.DeviceRemoved e -> ended.put(new ConnectedDevice(e.user(), e.device()), e.at());
            case AccountEvent.RoleGranted e -> ended.put(e.user(), e.at());
            case AccountEvent.RoleRevoked e -> ended.put(e.user(), e.at());
            case AccountEvent.AccountDeactivated e -> ended.put(e.user(), e.at());
            case AccountEvent.AccountDeleted e -> ended.put(e.user(), e.at());
            default -> {}
        }
    }

    /** A login that has ended on this node, whose event is still to come by. */
    void remember(LoginSessionId login, Instant at) {
        ended.put(login, at);
    }

    boolean includes(AuthenticatedClient identity) {
        LoginSessionId login = identity.login();
        DeviceId device = identity.device();
        return ended.getIfPresent(login) != null
                || isBefore(identity, ended.getIfPresent(identity.user()))
                || (device != null
                        && isBefore(identity, ended.getIfPresent(new ConnectedDevice(identity.user(), device))));
    }

    /** Tokens tell the time of their making in whole seconds. */
    private static boolean isBefore(AuthenticatedClient identity, @Nullable Instant end) {
        return end != null && identity.issuedAt().isBefore(end.truncatedTo(ChronoUnit.SECONDS));
    }
}
