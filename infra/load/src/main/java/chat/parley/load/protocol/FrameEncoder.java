package chat.parley.load.protocol;

import java.io.ByteArrayOutputStream;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Encodes the frames of the client as UTF-8. */
public final class FrameEncoder {
    private static final int USUAL_BYTES = 512;
    private static final JsonMapper JSON = JsonMapper.shared();

    public static final byte[] HEARTBEAT = JSON.writeValueAsBytes(frame("heartbeat"));

    private FrameEncoder() {}

    /** @param positions used if there is no cursor; null to start at the head */
    public static byte[] hello(
            String token, String device, @Nullable String cursor, @Nullable Map<String, Integer> positions) {
        ObjectNode hello = frame("hello").put("token", token).put("device", device);
        if (cursor != null) {
            hello.put("cursor", cursor);
        } else if (positions != null) {
            ObjectNode newest = hello.putObject("positions");
            positions.forEach(newest::put);
        }
        return JSON.writeValueAsBytes(hello);
    }

    /** Written without an intermediate tree, because it is by far the most frequent frame. */
    public static byte[] send(String ref, OutgoingMessage message) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_BYTES);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringProperty("type", "message.send");
            json.writeStringProperty("ref", ref);
            json.writeStringProperty("conversation", message.conversation());
            json.writeStringProperty("clientMessageId", message.clientMessageId());
            json.writeStringProperty("text", message.text());
            if (!message.mentions().isEmpty()) {
                json.writeArrayPropertyStart("mentions");
                message.mentions().forEach(json::writeString);
                json.writeEndArray();
            }
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    public static byte[] authenticate(String ref, String token) {
        return JSON.writeValueAsBytes(frame("authenticate").put("ref", ref).put("token", token));
    }

    public static byte[] watch(Collection<String> users) {
        ObjectNode watch = frame("presence.watch");
        ArrayNode watched = watch.putArray("users");
        users.forEach(watched::add);
        return JSON.writeValueAsBytes(watch);
    }

    private static ObjectNode frame(String type) {
        return JSON.createObjectNode().put("type", type);
    }
}
