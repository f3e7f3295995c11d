package chat.parley.push;

import chat.parley.api.AccountEvent;
import chat.parley.api.Relations;
import chat.parley.api.UserId;
import chat.parley.wire.CloseReason;
import java.util.function.Predicate;

/** What events of accounts mean for sockets: who is logged out is cut off, who changes roles comes back with a new token. */
final class AccountWatch implements FeedListener {
    private final SessionRegistry sessions;
    private final EndedLogins ended;
    private final Relations relations;
    private final Presences presences;
    private final PresenceBoard board;

    AccountWatch(
            SessionRegistry sessions,
            EndedLogins ended,
            Relations relations,
            Presences presences,
            PresenceBoard board) {
        this.sessions = sessions;
        this.ended = ended;
        this.relations = relations;
        this.presences = presences;
        this.board = board;
    }

    @Override
    public void accept(FollowedEvent followed) {
        AccountEvent event = followed.payload(AccountEvent.class);
        ended.remember(event);
        relations.forget(event.user());
        switch (event) {
            case AccountEvent.UserBlocked e -> board.blocked(e.user(), e.blocked());
            case AccountEvent.UserUnblocked e -> board.unblocked(e.user(), e.unblocked());
            case AccountEvent.SessionEnded e -> {
                end(e.user(), session -> session.login().equals(e.session()));
                presences.loggedOut(new Device(e.user(), e.device()), e.session());
            }
            case AccountEvent.DeviceRemoved e -> {
                end(e.user(), session -> session.device().equals(e.device()));
                presences.loggedOut(new Device(e.user(), e.device()), null);
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
