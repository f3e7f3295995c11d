package chat.parley.web.progress;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Sends the progress of long work once a second to whoever follows it, as events named {@code progress}. */
public final class ProgressFollowers {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** A client that still follows then connects again by itself, as every reader of such events does. */
    private static final Duration LONGEST = Duration.ofHours(1);

    private final Semaphore places;

    /** @param most how many may follow at once; each holds a connection */
    public ProgressFollowers(int most) {
        this.places = new Semaphore(most);
    }

    /**
     * Follows a piece of work. The last event is the first progress that is over.
     *
     * @throws Refused {@link Refusal#LIMIT_EXCEEDED} if too many follow already, and what the first {@code progress} throws
     */
    public <T> SseEmitter follow(Supplier<T> progress, Predicate<T> isOver) {
        T first = progress.get();
        if (!places.tryAcquire()) {
            throw new Refused(Refusal.LIMIT_EXCEEDED);
        }
        SseEmitter emitter = new SseEmitter(LONGEST.toMillis());
        Thread.ofVirtual().name("progress-follower").start(() -> tell(first, progress, isOver, emitter));
        return emitter;
    }

    private <T> void tell(T first, Supplier<T> progress, Predicate<T> isOver, SseEmitter emitter) {
        try {
            T now = first;
            send(now, emitter);
            while (!isOver.test(now)) {
                Thread.sleep(PAUSE);
                now = progress.get();
                send(now, emitter);
            }
            emitter.complete();
        } catch (IOException | IllegalStateException gone) {
            // The client has gone, or followed for the longest time.
            emitter.complete();
        } catch (Refused refused) {
            // The answer has begun; a client that connects again is told why.
            emitter.complete();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            places.release();
        }
    }

    private static void send(Object progress, SseEmitter emitter) throws IOException {
        emitter.send(SseEmitter.event().name("progress").data(progress, MediaType.APPLICATION_JSON));
    }
}
