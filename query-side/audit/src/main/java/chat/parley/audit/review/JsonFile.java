package chat.parley.audit.review;

import java.io.OutputStream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/** One array. A file that was broken off is not well-formed, because the array is not closed. */
final class JsonFile implements ReviewFile {
    private final JsonGenerator array;

    JsonFile(OutputStream out, JsonMapper json) {
        this.array = json.createGenerator(out);
        array.writeStartArray();
    }

    @Override
    public void write(ReviewedAccess access) {
        array.writePOJO(access);
    }

    @Override
    public void end() {
        array.writeEndArray();
        array.flush();
    }
}
