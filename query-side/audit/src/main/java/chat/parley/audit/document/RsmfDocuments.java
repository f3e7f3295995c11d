package chat.parley.audit.document;

import chat.parley.audit.transcript.Transcript;
import chat.parley.audit.transcript.TranscriptEntry;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Relativity Short Message Format 2.0: for each conversation {@code <id>/<n>.rsmf}. Edits, retractions and reactions are
 * shown with their message.
 */
final class RsmfDocuments implements Documents {
    private final DocumentTarget target;

    private @Nullable Transcript transcript;
    private @Nullable RsmfSlice slice;
    private int slices;

    RsmfDocuments(DocumentTarget target) {
        this.target = target;
    }

    @Override
    public void begin(Transcript begun) {
        transcript = begun;
        slices = 0;
    }

    @Override
    public void entry(TranscriptEntry entry) throws IOException {
        RsmfSlice open = slice;
        if (open == null || (open.isFull() && RsmfSlice.isEvent(entry))) {
            endSlice();
            slices++;
            open = new RsmfSlice(target, Objects.requireNonNull(transcript), slices, entry);
            slice = open;
        }
        open.add(entry);
    }

    private void endSlice() throws IOException {
        if (slice != null) {
            slice.finish();
            slice = null;
        }
    }

    @Override
    public void end() throws IOException {
        endSlice();
    }

    @Override
    public void finish() {
        // Each slice is complete.
    }

    @Override
    public void close() throws IOException {
        if (slice != null) {
            slice.close();
        }
    }
}
