package chat.parley.push.fanout;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.conversation.Entries;
import chat.parley.api.conversation.FindMissed;
import chat.parley.api.conversation.RecordedEntry;
import chat.parley.api.inbox.Membership;
import chat.parley.api.inbox.Memberships;
import chat.parley.wire.CloseReason;
import chat.parley.wire.ServerFrame;
import chat.parley.wire.ServerFrame.ConversationState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Brings one session from where its client was into the live flow, on a thread of its own, with no gap and no double:
 * rounds of backlog from the read model, each up to the index that the fan-out had reached when the round began, until
 * the rest is in the fan-out's ring; from there it steps over under the fan-out's lock. After a short absence all of it
 * is in the ring. Live entries are never held back for a session meanwhile, however long that takes.
 */
public final class CatchUpSubscription {
    /** Entries per query: two pages of the read model. */
    private static final int PAGE = 128;

    /** Events that a session is taken past while the fan-out waits: some 50 microseconds. */
    private static final long MAX_REPLAYED = 1024;

    /** Backlog is sent while less than this waits for the reader, so that it never comes near the queue's limit. */
    private static final long PACE_BYTES = 256 * 1024;

    /** How long a reader may take none of its backlog before it counts as gone. */
    private static final Duration READER_PATIENCE = Duration.ofSeconds(60);

    /** The fan-out is behind the read model by milliseconds; if it is by this much, there is another round. */
    private static final Duration FANOUT_PATIENCE = Duration.ofSeconds(5);

    /** How many conversations one {@code state} frame names: some 150 KB. */
    private static final int STATE_PAGE = 1000;

    /** A read side that does not answer for so many tries in a row: the client had better try another node. */
    private static final int MAX_FAILURES = 10;

    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(250);

    private final Subscriber subscriber;
    private final StartingPoint start;
    private final Fanout fanout;
    private final CatchUpReader readModel;
    private final LiveFrames frames;
    private final PushMetrics metrics;

    public CatchUpSubscription(
            Subscriber subscriber,
            StartingPoint start,
            Fanout fanout,
            CatchUpReader readModel,
            LiveFrames frames,
            PushMetrics metrics) {
        this.subscriber = subscriber;
        this.start = start;
        this.fanout = fanout;
        this.readModel = readModel;
        this.frames = frames;
        this.metrics = metrics;
    }

    /** Returns when the session is live or over. */
    public void run() throws InterruptedException {
        fanout.register(subscriber);
        long reached = fanout.processed();
        Map<String, Long> positions = Map.of();
        switch (start) {
            case StartingPoint.Head _, StartingPoint.Resync _ -> {}
            case StartingPoint.AfterIndex after -> reached = after.index();
            case StartingPoint.AfterPositions after -> {
                reached = -1;
                positions = after.positions();
            }
        }
        long since = reached;
        subscriber.startAfter(since, positions);
        boolean mayBeShort = true;
        while (!subscriber.outbox().isClosed()) {
            long through = fanout.processed();
            Optional<Memberships> found = memberships(through);
            if (found.isEmpty()) {
                subscriber.end(CloseReason.INTERNAL);
                return;
            }
            Memberships memberships = found.get();
            fanout.learn(subscriber, memberships);
            if (through > reached && !(mayBeShort && through - reached <= MAX_REPLAYED)) {
                if (!sendMissed(memberships, positions, reached, through)) {
                    return;
                }
                reached = through;
            }
            if (fanout.awaitProcessed(newestIn(memberships), FANOUT_PATIENCE)
                    && fanout.join(subscriber, reached, states(memberships, since))) {
                return;
            }
            mayBeShort = false;
        }
    }

    private Optional<Memberships> memberships(long atLeastIndex) throws InterruptedException {
        for (int failures = 0; failures < MAX_FAILURES; failures++) {
            try {
                return Optional.of(readModel.memberships(subscriber.user(), atLeastIndex));
            } catch (Refused refused) {
                if (refused.refusal() != Refusal.RETRY_LATER) {
                    throw refused;
                }
                Thread.sleep(PAUSE_AFTER_FAILURE);
            }
        }
        return Optional.empty();
    }

    /** @return false if the session is over */
    private boolean sendMissed(Memberships memberships, Map<String, Long> positions, long after, long through)
            throws InterruptedException {
        List<Membership> newestFirst = memberships.memberships().stream()
                .filter(membership -> membership.headIndex() > after)
                .sorted(Comparator.comparingLong(Membership::headIndex).reversed())
                .toList();
        for (Membership membership : newestFirst) {
            long position = positions.getOrDefault(membership.conversation().value(), 0L);
            long last = membership.visibility().lastVisible(membership.head()).orElse(0);
            while (position < last) {
                Entries page = readModel.missed(
                        new FindMissed(subscriber.user(), membership.conversation(), position, after, through, PAGE));
                if (page.entries().isEmpty()) {
                    break;
                }
                if (!send(page.entries())) {
                    return false;
                }
                position = page.entries().getLast().position();
            }
        }
        return true;
    }

    private boolean send(List<RecordedEntry> entries) throws InterruptedException {
        for (RecordedEntry entry : entries) {
            if (!subscriber.outbox().awaitAtMost(PACE_BYTES, READER_PATIENCE)) {
                subscriber.end(CloseReason.SLOW_CONSUMER);
                return false;
            }
            subscriber.outbox().hold(frames.entry(entry));
        }
        subscriber.outbox().flush();
        metrics.delivered(entries.size());
        return true;
    }

    /** The newest index whose effects may be in there: parts of a read model may be ahead of what it vouches for. */
    private static long newestIn(Memberships memberships) {
        long newest = memberships.index();
        for (Membership membership : memberships.memberships()) {
            newest = Math.max(newest, Math.max(membership.headIndex(), membership.changedIndex()));
        }
        return newest;
    }

    private List<byte[]> states(Memberships memberships, long since) {
        boolean resync = start instanceof StartingPoint.Resync;
        List<ConversationState> changed = memberships.memberships().stream()
                .filter(membership -> resync || membership.changedIndex() > since)
                .map(CatchUpSubscription::stateOf)
                .toList();
        List<byte[]> states = new ArrayList<>();
        for (int from = 0; from == 0 || from < changed.size(); from += STATE_PAGE) {
            List<ConversationState> page = changed.subList(from, Math.min(from + STATE_PAGE, changed.size()));
            states.add(frames.of(new ServerFrame.State(resync, List.copyOf(page))));
        }
        return states;
    }

    private static ConversationState stateOf(Membership membership) {
        return new ConversationState(
                membership.conversation(),
                membership.visibility().lastVisible(membership.head()).orElse(0),
                membership.readPosition(),
                membership.muted(),
                membership.pinned(),
                membership.markedUnread(),
                membership.visibility().isOpen());
    }
}
