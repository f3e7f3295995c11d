package chat.parley.search.history.document;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Settings and mapping of a generation's indexes, as Elasticsearch reads them.
 *
 * @param format version of the documents and their analysis. Indexes of another format are served until they are
 * rebuilt
 */
public record IndexDefinition(String json, int format, String refreshInterval) {
    static final String FORMAT = "format";

    private static final String RESOURCE = "messages.json";

    public static IndexDefinition current() {
        try (InputStream in =
                Objects.requireNonNull(IndexDefinition.class.getResourceAsStream(RESOURCE), RESOURCE + " is missing")) {
            return of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static IndexDefinition of(String json) {
        JsonNode root = JsonMapper.shared().readTree(json);
        return new IndexDefinition(
                json,
                root.at("/mappings/_meta/" + FORMAT).asInt(),
                root.at("/settings/index/refresh_interval").asString());
    }
}
