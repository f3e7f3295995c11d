package chat.parley.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import chat.parley.api.Refusal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Encodes and decodes frames as JSON text. No error contains what a user wrote. */
public final class FrameCodec {
    /** Holds 100,000 emoji as {@code \}{@code u} escapes, which take 1.2 MB, and the rest of the frame. */
    public static final int MAX_FRAME_BYTES = 1_500_000;

    /** Unicode code points of a message. */
    public static final int MAX_TEXT_CHARACTERS = 100_000;

    /** The most users whose presence one client may watch beside its user's contacts. */
    public static final int MAX_WATCHED = 500;

    /** The protocol nests at most 3 deep; future fields may nest deeper. */
    private static final int MAX_DEPTH = 32;

    /** A long has 19 digits. */
    private static final int MAX_NUMBER_LENGTH = 32;

    /** The longest field name is {@code clientMessageId}; the keys of {@code positions} have 64 characters. */
    private static final int MAX_NAME_LENGTH = 256;

    private static final String ENTRY_HEAD = "{\"type\":\"" + FrameTypes.ENTRY + "\",";

    private final JsonMapper mapper = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxDocumentLength(MAX_FRAME_BYTES)
                            .maxStringLength(MAX_FRAME_BYTES)
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(MAX_NUMBER_LENGTH)
                            .maxNameLength(MAX_NAME_LENGTH)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .build())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            // Only for frames of the server, in which an absent flag is false. ClientFrameReader reads those of
            // clients.
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** Decodes a text of a client; never throws. */
    public Decoded decode(String text) {
        JsonNode root;
        try {
            root = mapper.readTree(text);
        } catch (JacksonException malformed) {
            return new Decoded.Rejected(Refusal.MALFORMED_JSON, refOf(text));
        }
        return root instanceof ObjectNode object
                ? ClientFrameReader.read(object)
                : new Decoded.Rejected(Refusal.MALFORMED_JSON, null);
    }

    /** As {@link #decode(String)}, from UTF-8; other bytes are malformed. */
    public Decoded decode(byte[] utf8) {
        return decode(new String(utf8, UTF_8));
    }

    public byte[] encode(ServerFrame frame) {
        return frame instanceof ServerFrame.EntryFrame entry
                ? encodeEntry(entry.entry(), entry.cursor())
                : mapper.writeValueAsBytes(frame);
    }

    /** Encodes an {@code entry} frame without a frame object. */
    public byte[] encodeEntry(Entry entry, @Nullable String cursor) {
        byte[] body = mapper.writeValueAsBytes(entry);
        // A cursor is Base64url: nothing in it needs escaping.
        byte[] head = (cursor == null ? ENTRY_HEAD : ENTRY_HEAD + "\"cursor\":\"" + cursor + "\",").getBytes(UTF_8);
        byte[] frame = new byte[head.length + body.length - 1];
        System.arraycopy(head, 0, frame, 0, head.length);
        System.arraycopy(body, 1, frame, head.length, body.length - 1);
        return frame;
    }

    /** For clients. */
    public String encode(ClientFrame frame) {
        return mapper.writeValueAsString(frame);
    }

    /**
     * For clients: empty for a type that is not known yet.
     *
     * @throws IllegalArgumentException if this is no frame of a server
     */
    public Optional<ServerFrame> decodeServerFrame(String text) {
        try {
            if (!(mapper.readTree(text) instanceof ObjectNode object)) {
                throw new IllegalArgumentException("not a frame");
            }
            String type = object.path("type").asString("");
            if (type.equals(FrameTypes.ENTRY)) {
                Entry entry = mapper.treeToValue(object, Entry.class);
                JsonNode cursor = object.path("cursor");
                return Optional.of(new ServerFrame.EntryFrame(entry, cursor.isString() ? cursor.stringValue() : null));
            }
            return ServerFrameTypes.KNOWN.contains(type)
                    ? Optional.of(mapper.treeToValue(object, ServerFrame.class))
                    : Optional.empty();
        } catch (JacksonException malformed) {
            throw new IllegalArgumentException("not a frame", malformed);
        }
    }

    /** The {@code ref} of a frame that is malformed after it. */
    private @Nullable String refOf(String text) {
        try (JsonParser parser = mapper.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean isRef = parser.currentName().equals("ref");
                JsonToken value = parser.nextToken();
                if (isRef) {
                    return value == JsonToken.VALUE_STRING ? ClientFrameReader.usableRef(parser.getString()) : null;
                }
                parser.skipChildren();
            }
            return null;
        } catch (JacksonException before) {
            return null; // The text broke off before any ref, so the error goes out without one.
        }
    }
}
