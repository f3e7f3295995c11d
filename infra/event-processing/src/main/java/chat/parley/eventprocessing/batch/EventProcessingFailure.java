package chat.parley.eventprocessing.batch;

import org.jspecify.annotations.Nullable;

/** An event cannot be processed. Its processor stops at the event and retries it; no event is skipped. */
public final class EventProcessingFailure extends RuntimeException {
    private EventProcessingFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    public static EventProcessingFailure at(String aggregate, long position, long index, @Nullable Throwable cause) {
        return new EventProcessingFailure(
                "Cannot process position " + position + " of " + aggregate + " at index " + index, cause);
    }

    public static EventProcessingFailure hole(RecordedEvent event, long head) {
        return new EventProcessingFailure(
                "Position " + event.position() + " of " + event.aggregate() + " at index " + event.index()
                        + " does not follow its head " + head,
                null);
    }

    public static EventProcessingFailure overtaken(String what) {
        return new EventProcessingFailure("Another writer changed " + what + " meanwhile", null);
    }
}
