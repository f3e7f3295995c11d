package chat.parley.search.history.analyst;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.web.csv.CsvWriter;
import java.io.IOException;
import java.io.OutputStream;
import tools.jackson.databind.json.JsonMapper;

/** The file formats of exports. */
enum ExportFormat {
    NDJSON("ndjson", "application/x-ndjson") {
        @Override
        ExportFile open(OutputStream out, JsonMapper json) {
            return new NdjsonFile(out, json);
        }
    },
    CSV("csv", CsvWriter.MEDIA_TYPE) {
        @Override
        ExportFile open(OutputStream out, JsonMapper json) throws IOException {
            return new CsvFile(out);
        }
    };

    private final String parameter;
    private final String mediaType;

    ExportFormat(String parameter, String mediaType) {
        this.parameter = parameter;
        this.mediaType = mediaType;
    }

    static ExportFormat parse(String parameter) {
        for (ExportFormat format : values()) {
            if (format.parameter.equals(parameter)) {
                return format;
            }
        }
        throw new Refused(Refusal.INVALID_PARAMETER, "format is ndjson or csv");
    }

    abstract ExportFile open(OutputStream out, JsonMapper json) throws IOException;

    String mediaType() {
        return mediaType;
    }

    String fileName() {
        return "parley-export." + parameter;
    }
}
