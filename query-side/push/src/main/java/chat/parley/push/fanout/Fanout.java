package chat.parley.push.fanout;

import chat.parley.api.Refusal;
import chat.parley.api.account.AccountEvent;
import chat.parley.api.account.AccountEvent.AccountErased;
import chat.parley.api.account.UserId;
import chat.parley.api.contact.BlockPolicy;
import chat.parley.api.contact.ContactEvent;
import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.inbox.Memberships;
import chat.parley.api.inbox.ReadMarkEvent;
import chat.parley.api.port.EventFeed;
import chat.parley.api.presence.PresenceEvent;
import chat.parley.api.retention.RetentionEvent.TextsExpired;
import chat.parley.api.tracing.MessageTraces;
import chat.parley.push.event.FrameEncoder;
import chat.parley.push.event.LiveEvent;
import chat.parley.push.event.LiveEventBuffer;
import chat.parley.push.event.LiveEventListener;
import chat.parley.push.socket.OutboundQueue;
import chat.parley.wire.CloseReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers every entry to the subscribers of this node that may see it: once, in order, and from the same bytes.
 * {@link LiveDelivery} serves live subscribers. {@link Replay} sends the newest events to a subscriber before it goes
 * live. {@link SubscriptionIndex} holds the live subscribers of each conversation.
 *
 * <p>Threading: one thread passes the events to {@link #accept}; any thread may call the other methods. A
 * {@link CombiningLock} runs one of them at a time. Nothing under the lock does I/O.
 */
public final class Fanout {
    private static final Logger log = LoggerFactory.getLogger(Fanout.class);

    private final CombiningLock lock = new CombiningLock();
    private final ProcessedIndex processed = new ProcessedIndex();
    private final OutboundBatch batch = new OutboundBatch();
    private final SubscriptionIndex subscriptions = new SubscriptionIndex();
    private final LiveEventBuffer buffer;
    private final FrameEncoder frames;
    private final LiveEventListener accountEvents;
    private final LiveEventListener presenceEvents;
    private final LiveDelivery delivery;
    private final Replay replay;
    private final TypingNotices typing;
    private final PushMetrics metrics;
    private final MessageTraces traces;

    public Fanout(
            LiveEventBuffer buffer,
            FrameEncoder frames,
            LiveEventListener accountEvents,
            LiveEventListener presenceEvents,
            ReadReceipts receipts,
            BlockPolicy blocks,
            PushMetrics metrics,
            MessageTraces traces) {
        this.buffer = buffer;
        this.frames = frames;
        this.accountEvents = accountEvents;
        this.presenceEvents = presenceEvents;
        this.delivery = new LiveDelivery(subscriptions, batch, frames, receipts, metrics);
        this.replay = new Replay(buffer, frames, receipts);
        this.typing = new TypingNotices(frames, blocks);
        this.metrics = metrics;
        this.traces = traces;
    }

    /** The next event follows this index. */
    public void startAfter(long index) {
        lock.runFirst(() -> {
            buffer.startAfter(index);
            accountEvents.startAfter(index);
            presenceEvents.startAfter(index);
            processed.advanceTo(index);
        });
    }

    /** Every event up to this index has been delivered. */
    public long processed() {
        return processed.get();
    }

    /** Waits until {@link #processed} reaches this index. */
    public boolean awaitProcessed(long index, Duration timeout) throws InterruptedException {
        if (processed.get() >= index) {
            return true;
        }
        ProcessedIndex.Waiter waiter = ProcessedIndex.Waiter.of(index);
        lock.run(() -> processed.add(waiter));
        try {
            waiter.reached().get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException late) {
            return false;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        } finally {
            if (!waiter.reached().isDone()) {
                lock.run(() -> processed.remove(waiter));
            }
        }
    }

    /**
     * Delivers the next event, in order.
     *
     * @param more whether the feed already has the next event; the frames of this event may then be written together
     *     with those of the next
     */
    public void accept(EventFeed.Item item, boolean more) {
        lock.runFirst(() -> {
            process(item);
            if (!more || batch.isFull()) {
                batch.flush();
            }
        });
    }

    /** Writes the frames that are held back for a next event, because that event may be late. */
    void flush() {
        lock.runFirst(batch::flush);
    }

    private void process(EventFeed.Item item) {
        LiveEvent event = new LiveEvent(item);
        MessageTraces.Step trace = traces.delivering(item);
        try {
            dispatch(event);
        } catch (RuntimeException unreadable) {
            log.error(
                    "Event {} of {} could not be delivered; its subscribers are closed and catch up from the read model",
                    item.index(),
                    item.aggregate(),
                    unreadable);
            ConversationSubscribers subscribers = subscriptions.in(item.aggregate());
            if (subscribers != null) {
                subscribers
                        .subscriptions()
                        .forEach(subscription -> subscription.subscriber().end(CloseReason.INTERNAL));
            }
            buffer.startAfter(item.index());
        } finally {
            trace.end();
        }
        processed.advanceTo(item.index());
    }

    private void dispatch(LiveEvent event) {
        if (event.is(ConversationEvent.class)) {
            delivery.deliverEntry(event);
            buffer.add(event);
        } else if (event.is(ReadMarkEvent.class)) {
            delivery.deliverReadMark(event);
            buffer.add(event);
        } else if (event.is(AccountEvent.class)) {
            if (event.is(AccountErased.class)) {
                dropTextsOf(event.payload(AccountErased.class).user());
            }
            accountEvents.accept(event);
        } else if (event.is(TextsExpired.class)) {
            dropTextsBefore(event.payload(TextsExpired.class));
        } else if (event.is(PresenceEvent.class) || event.is(ContactEvent.class)) {
            presenceEvents.accept(event);
        }
    }

    /** Titles too. */
    private void dropTextsOf(UserId user) {
        buffer.dropFrames(event -> event.is(ConversationEvent.class)
                && event.payload(ConversationEvent.class).by().equals(user));
    }

    private void dropTextsBefore(TextsExpired expired) {
        buffer.dropFrames(event -> event.carriesText()
                && event.aggregate().equals(expired.conversation().value())
                && event.payload(ConversationEvent.class).at().isBefore(expired.before()));
    }

    /** Adds a subscriber. It gets no entries before {@link #goLive}. */
    public void register(Subscriber subscriber) {
        lock.run(() -> {
            if (!subscriber.isRemoved()) {
                subscriptions.add(subscriber);
            }
        });
    }

    /** Removes a subscriber for good, whether or not it was registered. */
    public void remove(Subscriber subscriber) {
        lock.run(() -> {
            subscriptions.remove(subscriber);
            subscriber.markRemoved();
        });
    }

    /** Sets what a subscriber may see, before it is live. */
    public void setMemberships(Subscriber subscriber, Memberships memberships) {
        lock.run(() -> subscriber.setMemberships(memberships));
    }

    /**
     * Lets a subscriber that has every entry up to an index go live. The fan-out must have
     * {@link #awaitProcessed processed} every event that the subscriber's memberships include.
     *
     * @param states the frames to send before the buffered events; {@code caught-up} is sent after the events
     * @return false if the buffer does not have all events after the index, so that another round of backlog is needed
     */
    public boolean goLive(Subscriber subscriber, long afterIndex, List<byte[]> states) {
        return lock.call(() -> {
            if (subscriber.isRemoved()) {
                return true;
            }
            Optional<List<byte[]>> missed = replay.framesAfter(afterIndex, subscriber);
            missed.ifPresent(entries -> goLive(subscriber, states, entries));
            return missed.isPresent();
        });
    }

    private void goLive(Subscriber subscriber, List<byte[]> states, List<byte[]> missed) {
        OutboundQueue outbound = subscriber.outbound();
        states.forEach(outbound::hold);
        missed.forEach(outbound::hold);
        outbound.hold(frames.caughtUp(processed.get()));
        outbound.flush();
        metrics.delivered(missed.size());
        subscriber.goLive();
        subscriptions.subscribeToAll(subscriber);
    }

    /** The reason why the subscriber's user may not mark this position as read; empty if the user may. */
    public Optional<Refusal> refusalToRead(Subscriber subscriber, ConversationId conversation, long position) {
        return lock.call(() -> {
            if (!subscriber.knowsMemberships()) {
                return Optional.of(Refusal.RETRY_LATER);
            }
            ConversationSubscription subscription = subscriber.subscriptions().get(conversation.value());
            if (subscription == null) {
                return Optional.of(Refusal.NOT_A_MEMBER);
            }
            return subscription.sees(position) && position <= subscription.head()
                    ? Optional.empty()
                    : Optional.of(Refusal.POSITION_NOT_FOUND);
        });
    }

    /**
     * Tells the other members of a conversation that the user is typing, at most once per interval and unless blocked.
     *
     * @param otherNodes is given the sign for the members who are connected to other nodes; must not wait
     */
    public Optional<Refusal> typing(
            Subscriber subscriber,
            ConversationId conversation,
            Duration interval,
            BiConsumer<ConversationId, UserId> otherNodes) {
        List<Subscriber> others = new ArrayList<>();
        Optional<Refusal> refusal = lock.call(() -> {
            ConversationSubscription own = subscriber.subscriptions().get(conversation.value());
            if (own == null || !own.isOpen()) {
                return Optional.of(subscriber.knowsMemberships() ? Refusal.NOT_A_MEMBER : Refusal.RETRY_LATER);
            }
            if (own.mayTypeAt(System.nanoTime(), interval.toNanos())) {
                others.addAll(membersHere(conversation, subscriber.user()));
                otherNodes.accept(conversation, subscriber.user());
            }
            return Optional.empty();
        });
        typing.send(conversation, subscriber.user(), others);
        return refusal;
    }

    /** Tells the members of a conversation who are connected here that a user of another node is typing, unless blocked. */
    public void typingElsewhere(ConversationId conversation, UserId user) {
        List<Subscriber> members = lock.call(() -> membersHere(conversation, user));
        typing.send(conversation, user, members);
    }

    private List<Subscriber> membersHere(ConversationId conversation, UserId except) {
        ConversationSubscribers live = subscriptions.in(conversation.value());
        return live == null
                ? List.of()
                : live.subscriptions().stream()
                        .map(ConversationSubscription::subscriber)
                        .filter(other -> !other.user().equals(except))
                        .toList();
    }
}
