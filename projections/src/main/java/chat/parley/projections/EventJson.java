package chat.parley.projections;

import chat.parley.api.ConversationEvent;
import chat.parley.api.Sealed;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/** Events and sealed texts as the read model keeps them. Not the format of stored events: a rebuild may change it. */
final class EventJson {
    private static final JsonMapper MAPPER =
            JsonMapper.builder().addMixIn(ConversationEvent.class, Named.class).build();
    private static final ObjectWriter EVENT_WRITER = MAPPER.writerFor(ConversationEvent.class);
    private static final ObjectReader EVENT_READER = MAPPER.readerFor(ConversationEvent.class);
    private static final ObjectWriter SEALED_WRITER = MAPPER.writerFor(Sealed.class);
    private static final ObjectReader SEALED_READER = MAPPER.readerFor(Sealed.class);

    private EventJson() {}

    static String of(ConversationEvent event) {
        return EVENT_WRITER.writeValueAsString(event);
    }

    static ConversationEvent event(String json) {
        return EVENT_READER.readValue(json);
    }

    static String of(Sealed sealed) {
        return SEALED_WRITER.writeValueAsString(sealed);
    }

    static Sealed sealed(String json) {
        return SEALED_READER.readValue(json);
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    private interface Named {}
}
