package chat.parley.projections.generation;

import chat.parley.api.tracing.MessageTraces;
import chat.parley.api.tracing.MessageTraces.Step;
import chat.parley.eventprocessing.batch.BatchWriter;
import chat.parley.eventprocessing.batch.RecordedEvent;
import java.util.List;

/** Shows in traces when the read side writes an event. */
final class TracedWriter implements BatchWriter {
    private final BatchWriter writer;
    private final MessageTraces traces;

    private TracedWriter(BatchWriter writer, MessageTraces traces) {
        this.writer = writer;
        this.traces = traces;
    }

    static BatchWriter of(BatchWriter writer, MessageTraces traces) {
        return traces.equals(MessageTraces.OFF) ? writer : new TracedWriter(writer, traces);
    }

    @Override
    public void write(List<RecordedEvent> batch) {
        List<Step> steps =
                batch.stream().map(event -> traces.projecting(event.payload())).toList();
        try {
            writer.write(batch);
        } finally {
            steps.forEach(Step::end);
        }
    }
}
