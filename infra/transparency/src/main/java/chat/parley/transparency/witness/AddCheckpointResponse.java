package chat.parley.transparency.witness;

import chat.parley.transparency.Reason;
import chat.parley.transparency.TransparencyException;
import chat.parley.transparency.note.Note;
import chat.parley.transparency.note.NoteSignature;
import chat.parley.transparency.text.StrictText;
import java.util.List;

/** What a witness answers, with the HTTP status, content type and body that the protocol gives it. */
public sealed interface AddCheckpointResponse {
    /** The witness has cosigned. */
    int OK = 200;
    /** The request does not follow the format, or its old size is larger than the checkpoint. */
    int BAD_REQUEST = 400;
    /** No signature by the log's key verifies. */
    int FORBIDDEN = 403;
    /** The witness does not know the log. */
    int NOT_FOUND = 404;
    /** The old size is not the one that the witness cosigned last. */
    int CONFLICT = 409;
    /** The proof does not verify. */
    int UNPROCESSABLE = 422;

    int status();

    String contentType();

    byte[] body();

    /** Reads what a witness answered. */
    static AddCheckpointResponse parse(int status, byte[] body) {
        StrictText.requireAtMost(Note.MAX_BYTES, body, "A witness's answer");
        return switch (status) {
            case OK -> new Cosigned(Note.parseSignatures(StrictText.utf8(body)));
            case CONFLICT -> Conflict.parse(StrictText.utf8(body));
            case BAD_REQUEST, FORBIDDEN, NOT_FOUND, UNPROCESSABLE -> new Declined(status, "");
            default ->
                throw new TransparencyException(
                        Reason.MALFORMED, "The witness protocol has no answer with the status " + status + ".");
        };
    }

    /**
     * The checkpoint is consistent, and recorded.
     *
     * @param cosignatures those of the witness's keys, which the client verifies
     */
    record Cosigned(List<NoteSignature> cosignatures) implements AddCheckpointResponse {
        public Cosigned {
            if (cosignatures.isEmpty()) {
                throw new TransparencyException(Reason.MALFORMED, "A witness's answer has no cosignature.");
            }
            if (cosignatures.size() > Note.MAX_SIGNATURES) {
                throw new TransparencyException(Reason.TOO_LARGE, "A witness's answer has more than 64 cosignatures.");
            }
            cosignatures = List.copyOf(cosignatures);
        }

        @Override
        public int status() {
            return OK;
        }

        @Override
        public String contentType() {
            return TextPlain.CONTENT_TYPE;
        }

        @Override
        public byte[] body() {
            StringBuilder lines = new StringBuilder();
            cosignatures.forEach(cosignature -> lines.append(cosignature.line()));
            return StrictText.utf8(lines.toString());
        }
    }

    /**
     * The witness has another size on record.
     *
     * @param size the one that it cosigned last
     */
    record Conflict(long size) implements AddCheckpointResponse {
        private static Conflict parse(String text) {
            List<String> lines = StrictText.lines(text);
            if (lines.size() != 1) {
                throw new TransparencyException(Reason.MALFORMED, "A conflict's answer is one size.");
            }
            return new Conflict(StrictText.decimal(lines.get(0)));
        }

        @Override
        public int status() {
            return CONFLICT;
        }

        @Override
        public String contentType() {
            return "text/x.tlog.size";
        }

        @Override
        public byte[] body() {
            return StrictText.utf8(size + "\n");
        }
    }

    /**
     * The witness has not cosigned.
     *
     * @param message for people, outside the protocol; empty in an answer that was read
     */
    record Declined(int status, String message) implements AddCheckpointResponse {
        @Override
        public String contentType() {
            return TextPlain.CONTENT_TYPE;
        }

        @Override
        public byte[] body() {
            return StrictText.utf8(message + "\n");
        }
    }
}
