package chat.parley.search.history.analyst;

import java.io.IOException;
import java.io.OutputStream;
import tools.jackson.databind.json.JsonMapper;

/** One JSON object per line. The last line is {@code {"exported":n}}; a file without it is incomplete. */
final class NdjsonFile implements ExportFile {
    private final OutputStream out;
    private final JsonMapper json;

    NdjsonFile(OutputStream out, JsonMapper json) {
        this.out = out;
        this.json = json;
    }

    private record End(long exported) {}

    @Override
    public void write(ExportedMessage message) throws IOException {
        line(message);
    }

    @Override
    public void end(long exported) throws IOException {
        line(new End(exported));
        flush();
    }

    private void line(Object value) throws IOException {
        out.write(json.writeValueAsBytes(value));
        out.write('\n');
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }
}
