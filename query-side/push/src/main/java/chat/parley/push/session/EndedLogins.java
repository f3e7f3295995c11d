package chat.parley.push.session;

import chat.parley.api.Refusal;
import chat.parley.api.account.AccountEvent;
import chat.parley.api.account.DeviceId;
import chat.parley.api.account.LoginSessionId;
import chat.parley.push.presence.ConnectedDevice;
import chat.parley.web.token.AuthenticatedUser;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Recently ended login sessions, removed devices, changed roles and closed accounts. Access tokens issued before are
 * not expired, but must be rejected. The feed reports these events, so only those since the start of this node are
 * known.
 */
public final class EndedLogins {
    /** Longer than any access token lives. */
    private static final Duration REMEMBERED_FOR = Duration.ofHours(1);

    /**
     * @param refusal {@link Refusal#TOKEN_EXPIRED} if the login goes on and a refresh gives a new token, as after a change of
     *     roles
     */
    private record End(Instant at, Refusal refusal) {}

    /** An entry takes about 150 bytes. */
    private static final int MAX_REMEMBERED = 200_000;

    private final Cache<Object, End> ended = Caffeine.newBuilder()
            .expireAfterWrite(REMEMBERED_FOR)
            .maximumSize(MAX_REMEMBERED)
            .build();

    void remember(AccountEvent event) {
        switch (event) {
            case AccountEvent.SessionEnded e -> ended.put(e.session(), new End(e.at(), Refusal.TOKEN_INVALID));
            case AccountEvent.DeviceRemoved e ->
                ended.put(new ConnectedDevice(e.user(), e.device()), new End(e.at(), Refusal.TOKEN_INVALID));
            case AccountEvent.RoleGranted e -> ended.put(e.user(), new End(e.at(), Refusal.TOKEN_EXPIRED));
            case AccountEvent.RoleRevoked e -> ended.put(e.user(), new End(e.at(), Refusal.TOKEN_EXPIRED));
            case AccountEvent.AccountDeactivated e -> ended.put(e.user(), new End(e.at(), Refusal.TOKEN_INVALID));
            case AccountEvent.AccountDeleted e -> ended.put(e.user(), new End(e.at(), Refusal.TOKEN_INVALID));
            default -> {}
        }
    }

    /** Records a login session that has ended on this node before its event comes. */
    void remember(LoginSessionId login, Instant at) {
        ended.put(login, new End(at, Refusal.TOKEN_INVALID));
    }

    /** The reason to reject this user's token; empty if there is none. */
    Optional<Refusal> refusal(AuthenticatedUser client) {
        if (ended.getIfPresent(client.login()) != null) {
            return Optional.of(Refusal.TOKEN_INVALID);
        }
        DeviceId device = client.device();
        return refusal(client, ended.getIfPresent(client.user()))
                .or(() -> device == null
                        ? Optional.empty()
                        : refusal(client, ended.getIfPresent(new ConnectedDevice(client.user(), device))));
    }

    /** A token contains the time of issue in whole seconds. */
    private static Optional<Refusal> refusal(AuthenticatedUser client, @Nullable End end) {
        return end != null && client.issuedAt().isBefore(end.at().truncatedTo(ChronoUnit.SECONDS))
                ? Optional.of(end.refusal())
                : Optional.empty();
    }
}
