package chat.parley.search.history.analyst;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import java.io.IOException;
import java.time.Duration;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Streams an export's progress as server-sent events until the export ends or the client disconnects. */
final class ProgressStream {
    private static final String EVENT = "progress";

    /** Without progress the last event is repeated after this time, which reveals a lost connection. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(10);

    private static final long NO_TIMEOUT = 0;

    private ProgressStream() {}

    /** @throws Refused {@link Refusal#LIMIT_EXCEEDED} */
    static SseEmitter of(Export export) {
        if (!export.followers().tryAcquire()) {
            throw new Refused(Refusal.LIMIT_EXCEEDED);
        }
        SseEmitter events = new SseEmitter(NO_TIMEOUT);
        Thread.ofVirtual().name("export-progress-" + export.id()).start(() -> tell(export, events));
        return events;
    }

    private static void tell(Export export, SseEmitter events) {
        try {
            Export.Progress progress = export.progress();
            send(events, progress);
            while (progress.state() == Export.State.RUNNING) {
                progress = export.progressAfter(progress, LONGEST_SILENCE);
                send(events, progress);
            }
            events.complete();
        } catch (IOException | IllegalStateException listenerHasGone) {
            events.completeWithError(listenerHasGone);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            events.completeWithError(e);
        } finally {
            export.followers().release();
        }
    }

    private static void send(SseEmitter events, Export.Progress progress) throws IOException {
        events.send(SseEmitter.event().name(EVENT).data(progress));
    }
}
