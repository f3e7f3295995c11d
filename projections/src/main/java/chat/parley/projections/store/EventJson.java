package chat.parley.projections.store;

import chat.parley.api.SealedText;
import chat.parley.api.account.Settings;
import chat.parley.api.conversation.ConversationEvent;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON of events, sealed texts and settings in the read model. It differs from that of stored events, because
 * a rebuild may change it.
 */
public final class EventJson {
    /** For types that contain these. An absent flag is false. */
    public static final JsonMapper MAPPER = JsonMapper.builder()
            .addMixIn(ConversationEvent.class, Named.class)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private static final ObjectWriter EVENT_WRITER = MAPPER.writerFor(ConversationEvent.class);
    private static final ObjectReader EVENT_READER = MAPPER.readerFor(ConversationEvent.class);
    private static final ObjectWriter SEALED_WRITER = MAPPER.writerFor(SealedText.class);
    private static final ObjectReader SEALED_READER = MAPPER.readerFor(SealedText.class);

    private static final ObjectWriter SETTINGS_WRITER = MAPPER.writerFor(Settings.class);
    private static final ObjectReader SETTINGS_READER = MAPPER.readerFor(Settings.class);

    private EventJson() {}

    public static String of(ConversationEvent event) {
        return EVENT_WRITER.writeValueAsString(event);
    }

    public static ConversationEvent event(String json) {
        return EVENT_READER.readValue(json);
    }

    public static String of(SealedText sealed) {
        return SEALED_WRITER.writeValueAsString(sealed);
    }

    public static SealedText sealed(String json) {
        return SEALED_READER.readValue(json);
    }

    public static String of(Settings settings) {
        return SETTINGS_WRITER.writeValueAsString(settings);
    }

    public static Settings settings(String json) {
        return SETTINGS_READER.readValue(json);
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    private interface Named {}
}
