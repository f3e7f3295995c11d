package chat.parley.push.fanout;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.conversation.Entries;
import chat.parley.api.conversation.FindMissed;
import chat.parley.api.conversation.RecordedEntry;
import chat.parley.api.inbox.Membership;
import chat.parley.api.inbox.Memberships;
import chat.parley.eventprocessing.feed.Retry;
import chat.parley.push.event.FrameEncoder;
import chat.parley.wire.CloseReason;
import chat.parley.wire.ServerFrame;
import chat.parley.wire.ServerFrame.ConversationState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.util.backoff.BackOff;
import org.springframework.util.backoff.FixedBackOff;

/**
 * Brings one subscriber from the position of its client to the live flow. No entry is lost and none is sent twice:
 *
 * <ol>
 *   <li>It registers the subscriber and asks the read model for the memberships as of the index that the fan-out has
 *       processed.
 *   <li>It sends a round of backlog from the read model, up to that index. Each page waits for the reader.
 * <li>When the remaining entries are in the fan-out's buffer, the fan-out replays them and the subscriber is live.
 * Otherwise there is another round. After a short absence no backlog is read at all.
 * </ol>
 *
 * <p>Meanwhile no live entries are queued for the subscriber. Threading: runs on a virtual thread.
 */
public final class CatchUpSubscription {
    /** Entries per query: two pages of the read model. */
    private static final int PAGE = 128;

    /**
     * Maximum number of events to replay after a short absence. The replay holds the fan-out up for about 50
     * microseconds.
     */
    private static final long MAX_REPLAYED = 1024;

    /** Backlog is sent only while fewer bytes are queued, so that the queue stays far below its limit. */
    private static final long MAX_QUEUED_BYTES = 256 * 1024;

    /** Time for which a client may read nothing of its backlog before it is closed. */
    private static final Duration READER_TIMEOUT = Duration.ofSeconds(60);

    /**
     * Time to wait for the fan-out, which is usually milliseconds behind the read model. After it there is another
     * round.
     */
    private static final Duration FANOUT_TIMEOUT = Duration.ofSeconds(5);

    /** Maximum number of conversations in one {@code state} frame, about 150 KB. */
    private static final int STATE_PAGE = 1000;

    /** After ten consecutive failures of the read side the socket is closed, so that the client tries another node. */
    private static final BackOff BACK_OFF = new FixedBackOff(250, 9);

    private final Subscriber subscriber;
    private final StartingPoint start;
    private final Fanout fanout;
    private final CatchUpReader readModel;
    private final FrameEncoder frames;
    private final PushMetrics metrics;

    public CatchUpSubscription(
            Subscriber subscriber,
            StartingPoint start,
            Fanout fanout,
            CatchUpReader readModel,
            FrameEncoder frames,
            PushMetrics metrics) {
        this.subscriber = subscriber;
        this.start = start;
        this.fanout = fanout;
        this.readModel = readModel;
        this.frames = frames;
        this.metrics = metrics;
    }

    /** Returns when the subscriber is live or its socket is closed. */
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
        while (!subscriber.outbound().isClosed()) {
            long through = fanout.processed();
            Optional<Memberships> found = memberships(through);
            if (found.isEmpty()) {
                subscriber.end(CloseReason.INTERNAL);
                return;
            }
            Memberships memberships = found.get();
            fanout.setMemberships(subscriber, memberships);
            if (through > reached && !(mayBeShort && through - reached <= MAX_REPLAYED)) {
                if (!sendMissed(memberships, positions, reached, through)) {
                    return;
                }
                reached = through;
            }
            if (fanout.awaitProcessed(newestIn(memberships), FANOUT_TIMEOUT)
                    && fanout.goLive(subscriber, reached, states(memberships, since))) {
                return;
            }
            mayBeShort = false;
        }
    }

    private Optional<Memberships> memberships(long atLeastIndex) throws InterruptedException {
        return Retry.until(Optional::isPresent, BACK_OFF, () -> {
            try {
                return Optional.of(readModel.memberships(subscriber.user(), atLeastIndex));
            } catch (Refused refused) {
                if (refused.refusal() != Refusal.RETRY_LATER) {
                    throw refused;
                }
                return Optional.empty();
            }
        });
    }

    /** @return false if the socket is closed */
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
            if (!subscriber.outbound().awaitAtMost(MAX_QUEUED_BYTES, READER_TIMEOUT)) {
                subscriber.end(CloseReason.SLOW_CONSUMER);
                return false;
            }
            subscriber.outbound().hold(frames.entry(entry));
        }
        subscriber.outbound().flush();
        metrics.delivered(entries.size());
        return true;
    }

    /** The newest index that the memberships may include. Parts of a read model may be ahead of its own index. */
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
