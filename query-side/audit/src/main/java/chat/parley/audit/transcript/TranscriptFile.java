package chat.parley.audit.transcript;

import java.io.IOException;

/** Takes transcripts, one after the other. */
public interface TranscriptFile {
    void begin(Transcript transcript) throws IOException;

    /** An entry of the transcript that has begun, in their order. */
    void entry(TranscriptEntry entry) throws IOException;

    /** Ends the transcript. */
    void end() throws IOException;
}
