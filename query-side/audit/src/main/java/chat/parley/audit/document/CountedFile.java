package chat.parley.audit.document;

import chat.parley.audit.transcript.Transcript;
import chat.parley.audit.transcript.TranscriptEntry;
import chat.parley.audit.transcript.TranscriptFile;
import java.io.IOException;
import java.util.function.LongConsumer;

/** Tells how many entries were written since the last time, at least once for each transcript. */
final class CountedFile implements TranscriptFile {
    private static final int STEP = 500;

    private final TranscriptFile file;
    private final LongConsumer progress;
    private int untold;

    CountedFile(TranscriptFile file, LongConsumer progress) {
        this.file = file;
        this.progress = progress;
    }

    @Override
    public void begin(Transcript transcript) throws IOException {
        file.begin(transcript);
    }

    @Override
    public void entry(TranscriptEntry entry) throws IOException {
        file.entry(entry);
        untold++;
        if (untold == STEP) {
            tell();
        }
    }

    @Override
    public void end() throws IOException {
        file.end();
        tell();
    }

    private void tell() {
        progress.accept(untold);
        untold = 0;
    }
}
