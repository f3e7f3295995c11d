package chat.parley.push;

import chat.parley.api.DeviceId;
import chat.parley.api.Memberships;
import chat.parley.api.SessionId;
import chat.parley.api.UserId;
import chat.parley.wire.CloseReason;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** One session as the fan-out knows it. What is not final is guarded by the fan-out. */
final class Subscriber {
    private final UserId user;
    private final DeviceId device;
    private final SessionId login;
    private final Outbox outbox;
    private final Consumer<CloseReason> end;
    private final Map<String, Seat> seats = new HashMap<>();
    private Map<String, Long> floors = Map.of();
    private long after = -1;
    private long seatsIndex = -1;
    private boolean knowsSeats;
    private boolean live;
    private boolean gone;

    Subscriber(UserId user, DeviceId device, SessionId login, Outbox outbox, Consumer<CloseReason> end) {
        this.user = user;
        this.device = device;
        this.login = login;
        this.outbox = outbox;
        this.end = end;
    }

    UserId user() {
        return user;
    }

    DeviceId device() {
        return device;
    }

    SessionId login() {
        return login;
    }

    Outbox outbox() {
        return outbox;
    }

    void end(CloseReason reason) {
        end.accept(reason);
    }

    /**
     * Where this session starts: nothing up to this index, and nothing up to these positions, is sent to it. Both may
     * be ahead of what this node has seen, when the client comes from a faster one.
     */
    void startAfter(long index, Map<String, Long> positions) {
        after = index;
        floors = positions;
    }

    boolean wants(FollowedEvent event) {
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
                .forEach(membership -> seats.put(membership.conversation().value(), new Seat(this, membership)));
        seatsIndex = memberships.index();
        knowsSeats = true;
    }

    /** Whether its seats are those of after this event. */
    boolean knows(FollowedEvent event) {
        return event.index() <= seatsIndex;
    }

    Map<String, Seat> seats() {
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
            Seat seat = seats.get(conversation);
            if (seat == null || position > seat.head()) {
                ahead.put(conversation, position);
            }
        });
        floors = Map.copyOf(ahead);
    }
}
