package chat.parley.search.history.generation;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.eventprocessing.generation.RebuildState;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Tells whoever watches how a rebuild goes on. */
public final class RebuildWatchers {
    /** More do not watch over an index; each holds a connection. */
    private static final int MAX_WATCHERS = 32;

    /** Who still watches then connects again by itself, as every reader of such events does. */
    private static final Duration LONGEST = Duration.ofHours(1);

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Rebuilds rebuilds;
    private final Semaphore places = new Semaphore(MAX_WATCHERS);

    public RebuildWatchers(Rebuilds rebuilds) {
        this.rebuilds = rebuilds;
    }

    SseEmitter watch() {
        RebuildProgress first = rebuilds.progress();
        if (!places.tryAcquire()) {
            throw new Refused(Refusal.LIMIT_EXCEEDED);
        }
        SseEmitter emitter = new SseEmitter(LONGEST.toMillis());
        Thread.ofVirtual().name("search-rebuild-watcher").start(() -> tell(first, emitter));
        return emitter;
    }

    private void tell(RebuildProgress first, SseEmitter emitter) {
        try {
            RebuildProgress progress = first;
            send(progress, emitter);
            while (progress.state() == RebuildState.FILLING) {
                Thread.sleep(PAUSE);
                progress = rebuilds.progress();
                send(progress, emitter);
            }
            emitter.complete();
        } catch (IOException | IllegalStateException gone) {
            // Nobody watches any more, or not for longer.
            emitter.complete();
        } catch (Refused refused) {
            // The answer has begun; who connects again is told why.
            emitter.complete();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            places.release();
        }
    }

    private static void send(RebuildProgress progress, SseEmitter emitter) throws IOException {
        emitter.send(SseEmitter.event().name("progress").data(progress, MediaType.APPLICATION_JSON));
    }
}
