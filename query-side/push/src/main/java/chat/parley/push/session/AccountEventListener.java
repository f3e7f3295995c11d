package chat.parley.push.session;

import chat.parley.api.account.AccountEvent;
import chat.parley.api.account.UserId;
import chat.parley.api.contact.UserRelationships;
import chat.parley.push.fanout.FeedListener;
import chat.parley.push.fanout.LiveEvent;
import chat.parley.push.fanout.Subscriber;
import chat.parley.push.presence.ConnectedDevice;
import chat.parley.push.presence.DevicePresenceTracker;
import chat.parley.push.presence.PresenceSubscriptions;
import chat.parley.wire.CloseReason;
import java.util.function.Predicate;

/** What events of accounts mean for sockets: who is logged out is cut off, who changes roles comes back with a new token. */
public final class AccountEventListener implements FeedListener {
    private final SocketSessionRegistry sessions;
    private final EndedLogins ended;
    private final UserRelationships relations;
    private final DevicePresenceTracker presences;
    private final PresenceSubscriptions board;

    public AccountEventListener(
            SocketSessionRegistry sessions,
            EndedLogins ended,
            UserRelationships relations,
            DevicePresenceTracker presences,
            PresenceSubscriptions board) {
        this.sessions = sessions;
        this.ended = ended;
        this.relations = relations;
        this.presences = presences;
        this.board = board;
    }

    @Override
    public void accept(LiveEvent followed) {
        AccountEvent event = followed.payload(AccountEvent.class);
        ended.remember(event);
        relations.forget(event.user());
        switch (event) {
            case AccountEvent.UserBlocked e -> board.blocked(e.user(), e.blocked());
            case AccountEvent.UserUnblocked e -> board.unblocked(e.user(), e.unblocked());
            case AccountEvent.SessionEnded e -> {
                end(e.user(), session -> session.login().equals(e.session()));
                presences.loggedOut(new ConnectedDevice(e.user(), e.device()), e.session());
            }
            case AccountEvent.DeviceRemoved e -> {
                end(e.user(), session -> session.device().equals(e.device()));
                presences.loggedOut(new ConnectedDevice(e.user(), e.device()), null);
            }
            case AccountEvent.RoleGranted e -> end(e.user(), _ -> true);
            case AccountEvent.RoleRevoked e -> end(e.user(), _ -> true);
            // Their sessions end one by one, too; a socket does not wait for that.
            case AccountEvent.AccountDeactivated e -> end(e.user(), _ -> true);
            case AccountEvent.AccountDeleted e -> end(e.user(), _ -> true);
            case AccountEvent.AccountRegistered _,
                    AccountEvent.ProfileChanged _,
                    AccountEvent.SettingsChanged _,
                    AccountEvent.UsernameChanged _,
                    AccountEvent.PasswordResetIssued _,
                    AccountEvent.AccountReactivated _,
                    AccountEvent.DeviceRegistered _ -> {}
        }
    }

    private void end(UserId user, Predicate<Subscriber> which) {
        sessions.of(user).stream().filter(which).forEach(session -> session.end(CloseReason.UNAUTHENTICATED));
    }
}
