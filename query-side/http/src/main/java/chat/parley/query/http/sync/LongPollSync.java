package chat.parley.query.http.sync;

import chat.parley.api.account.UserId;
import chat.parley.api.inbox.FindMemberships;
import chat.parley.api.inbox.Membership;
import chat.parley.api.inbox.Memberships;
import chat.parley.api.port.EventFeed;
import chat.parley.eventprocessing.query.QueryClient;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Answers the entries that a user missed: at once if there are any, otherwise when the next one comes or the wait is
 * over.
 */
public final class LongPollSync implements AutoCloseable {
    private final QueryClient queries;
    private final MissedReader reader;
    private final EventFeed feed;
    private final NewEventNotifier arrivals;

    /** A request that is woken asks the read side again. Waiting takes no thread. */
    private final ExecutorService woken = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("sync-", 0).factory());

    public LongPollSync(QueryClient queries, MissedReader reader, EventFeed feed, NewEventNotifier arrivals) {
        this.queries = queries;
        this.reader = reader;
        this.feed = feed;
        this.arrivals = arrivals;
    }

    /** Cancelling the returned future ends the wait. */
    public CompletableFuture<MissedEntries> missed(UserId user, long afterIndex, Duration wait) {
        Request request = new Request(user, System.nanoTime() + wait.toNanos());
        // The answer includes every entry that was acknowledged before this request.
        request.look(afterIndex, feed.head());
        return request.answer;
    }

    @Override
    public void close() {
        woken.close();
    }

    private final class Request {
        private final UserId user;
        private final long deadline;
        private final CompletableFuture<MissedEntries> answer = new CompletableFuture<>();

        Request(UserId user, long deadline) {
            this.user = user;
            this.deadline = deadline;
        }

        /** Runs on the caller's thread and throws a refusal. */
        void look(long afterIndex, long atLeastIndex) {
            Memberships memberships =
                    queries.ask(new FindMemberships(user, Math.max(afterIndex, atLeastIndex)), Memberships.class);
            MissedEntries missed = reader.read(user, memberships, afterIndex);
            long remaining = deadline - System.nanoTime();
            if (!missed.entries().isEmpty() || remaining <= 0) {
                answer.complete(missed);
            } else {
                await(memberships, missed, remaining);
            }
        }

        private void await(Memberships memberships, MissedEntries missed, long remainingNanos) {
            Set<String> open = memberships.memberships().stream()
                    .filter(membership -> membership.visibility().isOpen())
                    .map(Membership::conversation)
                    .map(Object::toString)
                    .collect(Collectors.toUnmodifiableSet());
            CompletableFuture<Long> arrival = arrivals.after(user, open, missed.index());
            var _ = answer.whenComplete((_, _) -> arrival.cancel(false));
            var _ = arrival.completeOnTimeout(NewEventNotifier.NOTHING, remainingNanos, TimeUnit.NANOSECONDS)
                    .thenAcceptAsync(index -> wake(index, missed), woken);
        }

        private void wake(long index, MissedEntries nothing) {
            if (index == NewEventNotifier.NOTHING) {
                answer.complete(nothing);
                return;
            }
            try {
                look(nothing.index(), index);
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        }
    }
}
