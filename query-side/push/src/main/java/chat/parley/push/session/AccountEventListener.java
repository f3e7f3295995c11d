package chat.parley.push.session;

import chat.parley.api.account.AccountEvent;
import chat.parley.api.account.UserId;
import chat.parley.api.contact.UserRelationships;
import chat.parley.push.event.LiveEvent;
import chat.parley.push.event.LiveEventListener;
import chat.parley.push.fanout.Subscriber;
import chat.parley.push.fanout.SubscriberRegistry;
import chat.parley.push.presence.ConnectedDevice;
import chat.parley.push.presence.DevicePresenceTracker;
import chat.parley.push.presence.PresenceSubscriptions;
import chat.parley.wire.CloseReason;
import java.util.function.Predicate;

/**
 * Applies events of accounts to the sockets of this node. The end of a login session, the removal of a device and the
 * closing of an account close the affected sockets. A change of roles closes them too, and the client reconnects with a
 * new access token.
 */
public final class AccountEventListener implements LiveEventListener {
    private final SubscriberRegistry subscribers;
    private final EndedLogins ended;
    private final UserRelationships relations;
    private final DevicePresenceTracker devices;
    private final PresenceSubscriptions presences;

    public AccountEventListener(
            SubscriberRegistry subscribers,
            EndedLogins ended,
            UserRelationships relations,
            DevicePresenceTracker devices,
            PresenceSubscriptions presences) {
        this.subscribers = subscribers;
        this.ended = ended;
        this.relations = relations;
        this.devices = devices;
        this.presences = presences;
    }

    @Override
    public void accept(LiveEvent followed) {
        AccountEvent event = followed.payload(AccountEvent.class);
        ended.remember(event);
        relations.forget(event.user());
        switch (event) {
            case AccountEvent.UserBlocked e -> presences.blocked(e.user(), e.blocked());
            case AccountEvent.UserUnblocked e -> presences.unblocked(e.user(), e.unblocked());
            case AccountEvent.SessionEnded e -> {
                end(e.user(), subscriber -> subscriber.login().equals(e.session()));
                devices.loggedOut(new ConnectedDevice(e.user(), e.device()), e.session());
            }
            case AccountEvent.DeviceRemoved e -> {
                end(e.user(), subscriber -> subscriber.device().equals(e.device()));
                devices.loggedOut(new ConnectedDevice(e.user(), e.device()), null);
            }
            case AccountEvent.RoleGranted e -> end(e.user(), _ -> true);
            case AccountEvent.RoleRevoked e -> end(e.user(), _ -> true);
            // The login sessions of the account end one by one as well, but its sockets are closed at once.
            case AccountEvent.AccountDeactivated e -> end(e.user(), _ -> true);
            case AccountEvent.AccountDeleted e -> end(e.user(), _ -> true);
            case AccountEvent.AccountRegistered _,
                    AccountEvent.ProfileChanged _,
                    AccountEvent.SettingsChanged _,
                    AccountEvent.UsernameChanged _,
                    AccountEvent.PasswordResetIssued _,
                    AccountEvent.AccountReactivated _,
                    AccountEvent.AccountErased _,
                    AccountEvent.DeviceRegistered _ -> {}
        }
    }

    private void end(UserId user, Predicate<Subscriber> which) {
        subscribers.of(user).stream().filter(which).forEach(subscriber -> subscriber.end(CloseReason.UNAUTHENTICATED));
    }
}
