package chat.parley.audit.event;

import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/** The ids that stored payloads name: every text in them except those that are never an id of somebody or something. */
final class EventNames {
    private static final Set<String> NO_IDS =
            Set.of("at", "ciphertext", "clientMessageId", "contentHash", "keyId", "nonce");

    private final JsonMapper json;

    EventNames(JsonMapper json) {
        this.json = json;
    }

    /** Whether one of the payload's ids is accepted; asks for each until then. */
    boolean any(byte[] payload, Predicate<String> accepted) {
        try (JsonParser parser = json.createParser(payload)) {
            String field = "";
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.PROPERTY_NAME) {
                    field = parser.currentName();
                } else if (token == JsonToken.VALUE_STRING
                        && !NO_IDS.contains(field)
                        && accepted.test(parser.getString())) {
                    return true;
                }
            }
            return false;
        }
    }
}
