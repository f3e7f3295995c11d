package chat.parley.push.fanout;

import chat.parley.api.account.DeviceId;
import chat.parley.api.account.LoginSessionId;
import chat.parley.api.account.UserId;
import chat.parley.api.inbox.Memberships;
import chat.parley.push.socket.OutboundQueue;
import chat.parley.wire.CloseReason;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** One session as the fan-out knows it. What is not final is guarded by the fan-out. */
public final class Subscriber {
    private final UserId user;
    private final DeviceId device;
    private final LoginSessionId login;
    private final OutboundQueue outbox;
    private final Consumer<CloseReason> end;
    private final Map<String, ConversationSubscription> seats = new HashMap<>();
    private Map<String, Long> floors = Map.of();
    private long after = -1;
    private long seatsIndex = -1;
    private boolean knowsSeats;
    private boolean live;
    private boolean gone;

    public Subscriber(
            UserId user, DeviceId device, LoginSessionId login, OutboundQueue outbox, Consumer<CloseReason> end) {
        this.user = user;
        this.device = device;
        this.login = login;
        this.outbox = outbox;
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

    public OutboundQueue outbox() {
        return outbox;
    }

    public void end(CloseReason reason) {
        end.accept(reason);
    }

    /**
     * Where this session starts: nothing up to this index, and nothing up to these positions, is sent to it. Both may
     * be ahead of what this node has seen, when the client comes from a faster one.
     */
    public void startAfter(long index, Map<String, Long> positions) {
        after = index;
        floors = positions;
    }

    boolean wants(LiveEvent event) {
        if (event.index() <= after) {
            return false;
        }
        Long floor = floors.isEmpty() ? null : floors.get(event.aggregate());
        return floor == null || event.position() > floor;
    }

    void learn(Memberships memberships) {
        seats.clear();
        memberships
                .memberships()
                .forEach(membership ->
                        seats.put(membership.conversation().value(), new ConversationSubscription(this, membership)));
        seatsIndex = memberships.index();
        knowsSeats = true;
    }

    /** Whether its seats are those of after this event. */
    boolean knows(LiveEvent event) {
        return event.index() <= seatsIndex;
    }

    Map<String, ConversationSubscription> seats() {
        return seats;
    }

    boolean knowsSeats() {
        return knowsSeats;
    }

    boolean isLive() {
        return live;
    }

    boolean isGone() {
        return gone;
    }

    void go() {
        gone = true;
        live = false;
        seats.clear();
    }

    void goLive() {
        live = true;
        Map<String, Long> ahead = new HashMap<>();
        floors.forEach((conversation, position) -> {
            ConversationSubscription seat = seats.get(conversation);
            if (seat == null || position > seat.head()) {
                ahead.put(conversation, position);
            }
        });
        floors = Map.copyOf(ahead);
    }
}
