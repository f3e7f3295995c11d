package chat.parley.audit.review;

import chat.parley.api.KebabCase;
import chat.parley.web.RequestParameters;
import chat.parley.web.csv.CsvWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/** The formats of a review. */
enum ReviewFormat {
    JSON(MediaType.APPLICATION_JSON_VALUE) {
        @Override
        ReviewFile open(OutputStream out, JsonMapper json) {
            return new JsonFile(out, json);
        }
    },
    CSV(CsvWriter.MEDIA_TYPE) {
        @Override
        ReviewFile open(OutputStream out, JsonMapper json) throws IOException {
            return new CsvFile(out);
        }
    };

    private final String mediaType;

    ReviewFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    /**
     * @param parameter wins over what is accepted
     * @param accepted  the media types of the header, the preferred first
     */
    static ReviewFormat of(@Nullable String parameter, List<MediaType> accepted) {
        if (parameter != null) {
            return RequestParameters.parse(ReviewFormat.class, "format", parameter);
        }
        for (MediaType type : accepted) {
            for (ReviewFormat format : values()) {
                if (type.isCompatibleWith(MediaType.parseMediaType(format.mediaType))) {
                    return format;
                }
            }
        }
        return JSON;
    }

    abstract ReviewFile open(OutputStream out, JsonMapper json) throws IOException;

    String mediaType() {
        return mediaType;
    }

    String fileName() {
        return "access-review." + KebabCase.of(this);
    }
}
