package chat.parley.push.fanout;

import chat.parley.api.Refusal;
import chat.parley.api.account.AccountEvent;
import chat.parley.api.account.UserId;
import chat.parley.api.contact.BlockPolicy;
import chat.parley.api.contact.BlockPolicy.Interaction;
import chat.parley.api.contact.ContactEvent;
import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.conversation.ConversationEvent.DirectStarted;
import chat.parley.api.conversation.ConversationEvent.GroupStarted;
import chat.parley.api.conversation.ConversationEvent.MemberJoined;
import chat.parley.api.conversation.ConversationEvent.MemberLeft;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.ConversationKind;
import chat.parley.api.conversation.RecordedEntry;
import chat.parley.api.inbox.Memberships;
import chat.parley.api.inbox.ReadMarkEvent;
import chat.parley.api.inbox.ReadMarkEvent.PreferencesChanged;
import chat.parley.api.inbox.ReadMarkEvent.ReadMarkMoved;
import chat.parley.api.port.EventFeed;
import chat.parley.api.presence.PresenceEvent;
import chat.parley.push.socket.OutboundQueue;
import chat.parley.wire.CloseReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands every entry to the sessions of this node that may see it: once, in order, from the same bytes. It knows which
 * sessions are live in which conversation and changes that at the very place in the order where the event stands that
 * changes it. One thread feeds it; what sessions want from others is done in turn with the events, and waits for no I/O.
 */
public final class Fanout {
    private static final Logger log = LoggerFactory.getLogger(Fanout.class);

    /**
     * What a session may be handed at once when it goes live. With it and a few of the largest frames it is still within
     * its queue's limit; where there is more, there is another round of backlog first, paced by its reader.
     */
    private static final long MAX_JOIN_BYTES = 2_000_000;

    /** Sockets with something held back: some 10 ms of writing, so that the first of them does not wait for longer. */
    private static final int MAX_UNFLUSHED = 1_000;

    private final CombiningLock turn = new CombiningLock();
    private final PriorityQueue<Awaited> awaited = new PriorityQueue<>(Comparator.comparingLong(Awaited::index));
    private final List<OutboundQueue> unflushed = new ArrayList<>();
    private final LiveEventBuffer ring;
    private final LiveFrames frames;
    private final FeedListener accountEvents;
    private final FeedListener presenceEvents;
    private final ReadReceipts receipts;
    private final BlockPolicy blocks;
    private final PushMetrics metrics;
    private final Map<String, ConversationSubscribers> rooms = new HashMap<>();
    private final Map<UserId, List<Subscriber>> users = new HashMap<>();
    private volatile long processed = -1;

    public Fanout(
            LiveEventBuffer ring,
            LiveFrames frames,
            FeedListener accountEvents,
            FeedListener presenceEvents,
            ReadReceipts receipts,
            BlockPolicy blocks,
            PushMetrics metrics) {
        this.ring = ring;
        this.frames = frames;
        this.accountEvents = accountEvents;
        this.presenceEvents = presenceEvents;
        this.receipts = receipts;
        this.blocks = blocks;
        this.metrics = metrics;
    }

    /** Somebody who waits until this index is {@link #processed}. */
    private record Awaited(long index, CompletableFuture<Void> reached) {}

    /** What comes next follows this index. */
    public void startAfter(long index) {
        turn.take(() -> {
            ring.startAfter(index);
            accountEvents.startAfter(index);
            presenceEvents.startAfter(index);
            advanceTo(index);
        });
    }

    /** Everything up to this index has been handed out. */
    public long processed() {
        return processed;
    }

    /** Waits until {@link #processed} is this far. */
    public boolean awaitProcessed(long index, Duration patience) throws InterruptedException {
        if (processed >= index) {
            return true;
        }
        Awaited mine = new Awaited(index, new CompletableFuture<>());
        turn.run(() -> {
            awaited.add(mine);
            advanceTo(processed);
        });
        try {
            mine.reached().get(patience.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException late) {
            return false;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        } finally {
            if (!mine.reached().isDone()) {
                turn.run(() -> awaited.remove(mine));
            }
        }
    }

    /**
     * The next event, in order.
     *
     * @param more whether the next one is there already: then what this one makes may leave together with that
     */
    public void accept(EventFeed.Item item, boolean more) {
        turn.take(() -> {
            if (item.index() > processed) {
                process(item);
            } // else read again, after the feed was reopened
            if (!more || unflushed.size() >= MAX_UNFLUSHED) {
                flushHeld();
            }
        });
    }

    /** Sends what waits for a next event that may not come soon. */
    void flush() {
        turn.take(this::flushHeld);
    }

    private void process(EventFeed.Item item) {
        LiveEvent event = new LiveEvent(item);
        try {
            dispatch(event);
        } catch (RuntimeException unreadable) {
            // Nobody may silently miss an entry: who should have had it comes back and asks the read model.
            log.error("Event {} of {} could not be delivered", item.index(), item.aggregate(), unreadable);
            ConversationSubscribers room = rooms.get(item.aggregate());
            if (room != null) {
                room.seats().forEach(seat -> seat.subscriber().end(CloseReason.INTERNAL));
            }
            ring.startAfter(item.index());
        }
        advanceTo(item.index());
    }

    private void advanceTo(long index) {
        processed = index;
        for (Awaited next = awaited.peek(); next != null && next.index() <= index; next = awaited.peek()) {
            awaited.remove();
            next.reached().complete(null);
        }
    }

    private void hold(OutboundQueue outbox, byte[] frame) {
        if (outbox.hold(frame)) {
            unflushed.add(outbox);
        }
    }

    private void flushHeld() {
        unflushed.forEach(OutboundQueue::flush);
        unflushed.clear();
    }

    /** From now on what ends a login ends this session too. It gets no entries before {@link #join}. */
    public void register(Subscriber subscriber) {
        turn.run(() -> {
            if (!subscriber.isGone()) {
                users.computeIfAbsent(subscriber.user(), _ -> new ArrayList<>(1))
                        .add(subscriber);
            }
        });
    }

    public void forget(Subscriber subscriber) {
        turn.run(() -> {
            users.computeIfPresent(subscriber.user(), (_, sessions) -> {
                sessions.remove(subscriber);
                return sessions.isEmpty() ? null : sessions;
            });
            subscriber.seats().keySet().forEach(conversation -> leaveRoom(conversation, subscriber));
            subscriber.go();
        });
    }

    /** What a session may see, before it is live. */
    public void learn(Subscriber subscriber, Memberships memberships) {
        turn.run(() -> subscriber.learn(memberships));
    }

    /**
     * Lets a session that has everything up to {@code from} step into the live flow. Everything that is in its
     * memberships must have been {@link #awaitProcessed processed}.
     *
     * @param states sent before what the ring has for it, which {@code caught-up} follows
     * @return false where there is too much in between; then there must be another round of backlog
     */
    public boolean join(Subscriber subscriber, long from, List<byte[]> states) {
        return turn.ask(() -> joined(subscriber, from, states));
    }

    private boolean joined(Subscriber subscriber, long from, List<byte[]> states) {
        if (subscriber.isGone()) {
            return true;
        }
        if (!ring.covers(from)) {
            return false;
        }
        List<LiveEvent> wanted = new ArrayList<>();
        LaterChanges changes = new LaterChanges();
        for (LiveEvent event : ring.after(from)) {
            if (admitsAgain(subscriber, event)) {
                return false;
            }
            if (isTakenPast(subscriber, event)) {
                wanted.add(event);
            }
            if (subscriber.seats().containsKey(event.aggregate())) {
                changes.add(event);
            }
        }
        List<byte[]> missed = new ArrayList<>();
        long bytes = 0;
        for (LiveEvent event : wanted) {
            byte[] frame = replay(subscriber, event, changes);
            if (frame != null) {
                missed.add(frame);
                bytes += frame.length;
            }
            if (bytes > MAX_JOIN_BYTES) {
                return false;
            }
        }
        OutboundQueue outbox = subscriber.outbox();
        states.forEach(outbox::hold);
        missed.forEach(outbox::hold);
        outbox.hold(frames.caughtUp(processed));
        outbox.flush();
        metrics.delivered(missed.size());
        subscriber.goLive();
        subscriber.seats().forEach((conversation, seat) -> {
            if (seat.isOpen()) {
                rooms.computeIfAbsent(conversation, _ -> new ConversationSubscribers())
                        .add(seat);
            }
        });
        return true;
    }

    /** Why this session's user may not mark this position as read; empty where they may. */
    public Optional<Refusal> whyNotRead(Subscriber subscriber, ConversationId conversation, long position) {
        return turn.ask(() -> {
            if (!subscriber.knowsSeats()) {
                return Optional.of(Refusal.RETRY_LATER);
            }
            ConversationSubscription seat = subscriber.seats().get(conversation.value());
            if (seat == null) {
                return Optional.of(Refusal.NOT_A_MEMBER);
            }
            return seat.sees(position) && position <= seat.head()
                    ? Optional.empty()
                    : Optional.of(Refusal.POSITION_NOT_FOUND);
        });
    }

    /** Tells the others in a conversation, unless that was done a moment ago or a block stands between them. */
    public Optional<Refusal> typing(Subscriber subscriber, ConversationId conversation, Duration interval) {
        List<Subscriber> others = new ArrayList<>();
        Optional<Refusal> refusal = turn.ask(() -> {
            ConversationSubscription seat = subscriber.seats().get(conversation.value());
            if (seat == null || !seat.isOpen()) {
                return subscriber.knowsSeats() ? Optional.of(Refusal.NOT_A_MEMBER) : Optional.of(Refusal.RETRY_LATER);
            }
            ConversationSubscribers room = rooms.get(conversation.value());
            if (room != null && seat.mayTypeAt(System.nanoTime(), interval.toNanos())) {
                for (ConversationSubscription other : room.seats()) {
                    if (!other.subscriber().user().equals(subscriber.user())) {
                        others.add(other.subscriber());
                    }
                }
            }
            return Optional.empty();
        });
        if (!others.isEmpty()) {
            byte[] frame = frames.typing(conversation, subscriber.user());
            others.forEach(other -> tellTyping(subscriber.user(), other, frame));
        }
        return refusal;
    }

    private void tellTyping(UserId user, Subscriber other, byte[] frame) {
        CompletableFuture<Void> _ = blocks.stops(Interaction.TYPE, user, other.user())
                .thenAccept(stopped -> {
                    if (!stopped) {
                        other.outbox().offer(frame);
                    }
                });
    }

    private void dispatch(LiveEvent event) {
        if (event.is(ConversationEvent.class)) {
            deliver(event);
            ring.add(event);
        } else if (event.is(ReadMarkEvent.class)) {
            deliverPrivate(event);
            ring.add(event);
        } else if (event.is(AccountEvent.class)) {
            accountEvents.accept(event);
        } else if (event.is(PresenceEvent.class) || event.is(ContactEvent.class)) {
            presenceEvents.accept(event);
        }
    }

    private void deliver(LiveEvent event) {
        if (admits(event)) {
            admit(event);
        }
        ConversationSubscribers room = rooms.get(event.aggregate());
        if (room == null) {
            return;
        }
        byte[] frame = frameOf(event);
        int deliveries = 0;
        for (ConversationSubscription seat : room.seats()) {
            seat.reached(event.position());
            Subscriber subscriber = seat.subscriber();
            if (subscriber.wants(event)) {
                hold(subscriber.outbox(), frame);
                deliveries++;
            }
        }
        metrics.delivered(deliveries, event.payload(ConversationEvent.class).at());
        if (event.is(MemberLeft.class)) {
            UserId user = event.payload(MemberLeft.class).user();
            for (ConversationSubscription seat : List.copyOf(room.seats())) {
                if (seat.subscriber().user().equals(user)) {
                    seat.leave(event.position());
                    leaveRoom(event.aggregate(), seat.subscriber());
                }
            }
        }
    }

    /** Seats the live sessions of those whom this event makes members. */
    private void admit(LiveEvent event) {
        for (UserId user : admitted(event)) {
            for (Subscriber subscriber : users.getOrDefault(user, List.of())) {
                if (subscriber.isLive()) {
                    ConversationSubscription seat = enter(subscriber, event);
                    rooms.computeIfAbsent(event.aggregate(), _ -> new ConversationSubscribers())
                            .add(seat);
                }
            }
        }
    }

    private void deliverPrivate(LiveEvent event) {
        // The aggregate is "conversation:user": most are of nobody here and need no decoding.
        String aggregate = event.aggregate();
        int colon = aggregate.indexOf(':');
        ConversationSubscribers room = colon < 0 ? null : rooms.get(aggregate.substring(0, colon));
        boolean ofSomebodyHere = colon < 0 || users.containsKey(new UserId(aggregate.substring(colon + 1)));
        if (room == null && !ofSomebodyHere) {
            return;
        }
        ReadMarkEvent payload = event.payload(ReadMarkEvent.class);
        byte[] frame = privateFrame(payload);
        boolean mayBeLost = payload instanceof ReadMarkMoved;
        for (Subscriber own : users.getOrDefault(payload.user(), List.of())) {
            if (own.isLive() && mayBeLost) {
                own.outbox().offer(frame);
            } else if (own.isLive()) {
                hold(own.outbox(), frame);
            }
        }
        if (room != null && mayBeLost) {
            for (ConversationSubscription seat : room.seats()) {
                if (isPeer(seat, payload)) {
                    Subscriber peer = seat.subscriber();
                    receipts.tell(
                            payload.user(), peer.user(), () -> peer.outbox().offer(frame));
                }
            }
        }
    }

    /** Whether somebody comes back of whom only the read model knows what they may see of the time between. */
    private static boolean admitsAgain(Subscriber subscriber, LiveEvent event) {
        ConversationSubscription seat =
                event.is(MemberJoined.class) ? subscriber.seats().get(event.aggregate()) : null;
        return seat != null
                && !seat.isCertain()
                && event.payload(MemberJoined.class).user().equals(subscriber.user());
    }

    /** Brings a session past an event as if it had been live, and answers whether it gets a frame of it. */
    private static boolean isTakenPast(Subscriber subscriber, LiveEvent event) {
        if (event.is(ReadMarkEvent.class)) {
            return true;
        }
        boolean isNews = !subscriber.knows(event);
        if (isNews && admits(event) && admitted(event).contains(subscriber.user())) {
            enter(subscriber, event);
        }
        ConversationSubscription seat = subscriber.seats().get(event.aggregate());
        if (seat == null) {
            return false;
        }
        boolean visible = seat.sees(event.position());
        if (visible) {
            seat.reached(event.position());
        }
        if (isNews
                && event.is(MemberLeft.class)
                && event.payload(MemberLeft.class).user().equals(subscriber.user())) {
            seat.leave(event.position());
        }
        return visible && subscriber.wants(event);
    }

    /** The frame of an event that a session {@link #isTakenPast was taken past}, now that it was taken past all of them. */
    private byte @Nullable [] replay(Subscriber subscriber, LiveEvent event, LaterChanges changes) {
        if (event.is(ReadMarkEvent.class)) {
            return replayPrivate(subscriber, event.payload(ReadMarkEvent.class));
        }
        ConversationSubscription seat = subscriber.seats().get(event.aggregate());
        RecordedEntry changed = seat == null ? null : changes.read(seat, event);
        if (changed != null) {
            return frames.entry(changed, event);
        }
        boolean encoded = event.frame() != null;
        byte[] frame = frameOf(event);
        if (!encoded) {
            ring.grown(frame.length);
        }
        return frame;
    }

    private byte @Nullable [] replayPrivate(Subscriber subscriber, ReadMarkEvent event) {
        if (event.user().equals(subscriber.user())) {
            return privateFrame(event);
        }
        ConversationSubscription seat =
                subscriber.seats().get(event.conversation().value());
        if (!(event instanceof ReadMarkMoved moved) || !isPeer(seat, event)) {
            return null;
        }
        Boolean told = receipts.known(event.user(), subscriber.user());
        if (told == null) {
            byte[] later = frames.read(moved);
            receipts.tell(
                    event.user(), subscriber.user(), () -> subscriber.outbox().offer(later));
            return null;
        }
        return told ? frames.read(moved) : null;
    }

    private static boolean admits(LiveEvent event) {
        return ConversationEvent.admits(event.type());
    }

    private static List<UserId> admitted(LiveEvent event) {
        return event.payload(ConversationEvent.class).admitted();
    }

    private static ConversationSubscription enter(Subscriber subscriber, LiveEvent event) {
        ConversationSubscription seat =
                subscriber.seats().computeIfAbsent(event.aggregate(), _ -> newSeat(subscriber, event));
        seat.enter(event.position());
        seat.reached(event.position());
        return seat;
    }

    private static ConversationSubscription newSeat(Subscriber subscriber, LiveEvent event) {
        return switch (event.payload(ConversationEvent.class)) {
            case DirectStarted _ -> new ConversationSubscription(subscriber, ConversationKind.DIRECT, null);
            case GroupStarted e -> new ConversationSubscription(subscriber, ConversationKind.GROUP, e.history());
            default -> new ConversationSubscription(subscriber, ConversationKind.GROUP, null);
        };
    }

    private void leaveRoom(String conversation, Subscriber subscriber) {
        rooms.computeIfPresent(conversation, (_, room) -> {
            room.remove(subscriber);
            return room.isEmpty() ? null : room;
        });
    }

    /** Whether this is the other person of a direct conversation: they see each other's read marks. */
    private static boolean isPeer(@Nullable ConversationSubscription seat, ReadMarkEvent event) {
        return seat != null
                && seat.kind == ConversationKind.DIRECT
                && !seat.subscriber().user().equals(event.user());
    }

    private byte[] privateFrame(ReadMarkEvent event) {
        return switch (event) {
            case ReadMarkMoved moved -> frames.read(moved);
            case PreferencesChanged changed -> frames.preferences(changed);
        };
    }

    private byte[] frameOf(LiveEvent event) {
        byte[] known = event.frame();
        if (known != null) {
            return known;
        }
        byte[] encoded = frames.entry(event);
        event.frame(encoded);
        return encoded;
    }
}
