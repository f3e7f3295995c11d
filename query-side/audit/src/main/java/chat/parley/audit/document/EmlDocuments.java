package chat.parley.audit.document;

import chat.parley.audit.transcript.Transcript;
import chat.parley.audit.transcript.TranscriptEntry;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A mail for each conversation and UTC day: {@code <id>/<day>.eml}, and {@code <id>/<day>-<n>.eml} for long days. */
final class EmlDocuments implements Documents {
    private final DocumentTarget target;

    private @Nullable Transcript transcript;
    private @Nullable EmlDay day;

    EmlDocuments(DocumentTarget target) {
        this.target = target;
    }

    @Override
    public void begin(Transcript begun) {
        transcript = begun;
    }

    @Override
    public void entry(TranscriptEntry entry) throws IOException {
        LocalDate date = LocalDate.ofInstant(entry.entry().at(), ZoneOffset.UTC);
        EmlDay open = day;
        if (open == null || !open.date().equals(date) || open.isFull()) {
            int part = open != null && open.date().equals(date) ? open.part() + 1 : 1;
            endDay();
            open = new EmlDay(target, Objects.requireNonNull(transcript), date, part, entry);
            day = open;
        }
        open.add(entry);
    }

    private void endDay() throws IOException {
        if (day != null) {
            day.finish();
            day = null;
        }
    }

    @Override
    public void end() throws IOException {
        endDay();
    }

    @Override
    public void finish() {
        // Each mail is complete.
    }

    @Override
    public void close() throws IOException {
        if (day != null) {
            day.close();
        }
    }
}
