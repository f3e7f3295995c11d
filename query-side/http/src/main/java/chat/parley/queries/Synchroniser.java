package chat.parley.queries;

import chat.parley.api.EventFeed;
import chat.parley.api.FindMemberships;
import chat.parley.api.Membership;
import chat.parley.api.Memberships;
import chat.parley.api.UserId;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Answers what somebody missed, at once where there is something, else when something comes or the time is over. */
final class Synchroniser implements AutoCloseable {
    private final Queries queries;
    private final MissedReader reader;
    private final EventFeed feed;
    private final Arrivals arrivals;

    /** A request that is woken asks the read side again; waiting itself takes no thread. */
    private final ExecutorService woken = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("sync-", 0).factory());

    Synchroniser(Queries queries, MissedReader reader, EventFeed feed, Arrivals arrivals) {
        this.queries = queries;
        this.reader = reader;
        this.feed = feed;
        this.arrivals = arrivals;
    }

    /** Cancelling what is answered ends the wait. */
    CompletableFuture<Missed> missed(UserId user, long afterIndex, Duration wait) {
        Request request = new Request(user, System.nanoTime() + wait.toNanos());
        // Everything that was acknowledged to anybody before this request is in its answer.
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
        private final CompletableFuture<Missed> answer = new CompletableFuture<>();

        Request(UserId user, long deadline) {
            this.user = user;
            this.deadline = deadline;
        }

        /** On the caller's thread; a refusal is thrown. */
        void look(long afterIndex, long atLeastIndex) {
            Memberships memberships =
                    queries.ask(new FindMemberships(user, Math.max(afterIndex, atLeastIndex)), Memberships.class);
            Missed missed = reader.read(user, memberships, afterIndex);
            long remaining = deadline - System.nanoTime();
            if (!missed.entries().isEmpty() || remaining <= 0) {
                answer.complete(missed);
            } else {
                await(memberships, missed, remaining);
            }
        }

        private void await(Memberships memberships, Missed missed, long remainingNanos) {
            Set<String> open = memberships.memberships().stream()
                    .filter(membership -> membership.visibility().isOpen())
                    .map(Membership::conversation)
                    .map(Object::toString)
                    .collect(Collectors.toUnmodifiableSet());
            CompletableFuture<Long> arrival = arrivals.after(user, open, missed.index());
            var _ = answer.whenComplete((_, _) -> arrival.cancel(false));
            var _ = arrival.completeOnTimeout(Arrivals.NOTHING, remainingNanos, TimeUnit.NANOSECONDS)
                    .thenAcceptAsync(index -> wake(index, missed), woken);
        }

        private void wake(long index, Missed nothing) {
            if (index == Arrivals.NOTHING) {
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
