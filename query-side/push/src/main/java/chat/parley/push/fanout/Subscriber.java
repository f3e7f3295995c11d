package chat.parley.push.fanout;

import chat.parley.api.account.DeviceId;
import chat.parley.api.account.LoginSessionId;
import chat.parley.api.account.UserId;
import chat.parley.api.inbox.Membership;
import chat.parley.api.inbox.Memberships;
import chat.parley.push.event.LiveEvent;
import chat.parley.push.socket.OutboundQueue;
import chat.parley.wire.CloseReason;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * One socket in the fan-out, with its user, its device, its outbound queue, and the subscriptions of its user.
 *
 * <p>Threading: the fields that are not final are guarded by the lock of the fan-out.
 */
public final class Subscriber {
    private final UserId user;
    private final DeviceId device;
    private final LoginSessionId login;
    private final OutboundQueue outbound;
    private final Consumer<CloseReason> end;
    private final Map<String, ConversationSubscription> subscriptions = new HashMap<>();
    private Map<String, Long> clientPositions = Map.of();
    private long clientIndex = -1;
    private long membershipIndex = -1;
    private boolean knowsMemberships;
    private boolean live;
    private boolean removed;

    public Subscriber(
            UserId user, DeviceId device, LoginSessionId login, OutboundQueue outbound, Consumer<CloseReason> end) {
        this.user = user;
        this.device = device;
        this.login = login;
        this.outbound = outbound;
        this.end = end;
    }

    public UserId user() {
        return user;
    }

    public DeviceId device() {
        return device;
    }

    public LoginSessionId login() {
        return login;
    }

    public OutboundQueue outbound() {
        return outbound;
    }

    public void end(CloseReason reason) {
        end.accept(reason);
    }

    /**
     * Sets what the client has: no event up to this index and no entry up to these positions is sent to it. Both may be
     * ahead of the fan-out, if the client was connected to a node whose fan-out is ahead.
     */
    public void startAfter(long index, Map<String, Long> positions) {
        clientIndex = index;
        clientPositions = positions;
    }

    /** Whether the client still needs this entry. */
    boolean lacks(LiveEvent event) {
        if (event.index() <= clientIndex) {
            return false;
        }
        Long position = clientPositions.isEmpty() ? null : clientPositions.get(event.aggregate());
        return position == null || event.position() > position;
    }

    void setMemberships(Memberships memberships) {
        subscriptions.clear();
        for (Membership membership : memberships.memberships()) {
            subscriptions.put(membership.conversation().value(), new ConversationSubscription(this, membership));
        }
        membershipIndex = memberships.index();
        knowsMemberships = true;
    }

    /** Whether the read model had applied this event to the memberships already. */
    boolean membershipsInclude(LiveEvent event) {
        return event.index() <= membershipIndex;
    }

    /** Applies an event that admits this subscriber's user to a conversation. */
    ConversationSubscription admit(LiveEvent event) {
        ConversationSubscription subscription = subscriptions.computeIfAbsent(
                event.aggregate(), _ -> ConversationSubscription.startingWith(event, this));
        subscription.join(event.position());
        return subscription;
    }

    /** By conversation. */
    Map<String, ConversationSubscription> subscriptions() {
        return subscriptions;
    }

    boolean knowsMemberships() {
        return knowsMemberships;
    }

    boolean isLive() {
        return live;
    }

    boolean isRemoved() {
        return removed;
    }

    void markRemoved() {
        removed = true;
        live = false;
        subscriptions.clear();
    }

    /** Keeps only those positions of the client that are ahead of the fan-out. */
    void goLive() {
        live = true;
        Map<String, Long> ahead = new HashMap<>();
        clientPositions.forEach((conversation, position) -> {
            ConversationSubscription subscription = subscriptions.get(conversation);
            if (subscription == null || position > subscription.head()) {
                ahead.put(conversation, position);
            }
        });
        clientPositions = Map.copyOf(ahead);
    }
}
