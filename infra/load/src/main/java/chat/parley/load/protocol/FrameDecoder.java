package chat.parley.load.protocol;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Decodes a frame in one pass, and skips unknown fields and types, as the protocol requires of clients. */
final class FrameDecoder {
    private final JsonFactory json = new JsonFactory();

    /** @throws JacksonException if this is not JSON of the expected shape */
    ReceivedFrame read(byte[] bytes, int length) {
        try (JsonParser parser = json.createParser(ObjectReadContext.empty(), bytes, 0, length)) {
            Fields fields = new Fields();
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("A frame is a JSON object");
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                fields.set(name, parser.nextToken(), parser);
            }
            return fields.frame();
        }
    }

    /** The fields of all known frame types. */
    private static final class Fields {
        private String type = "";
        private @Nullable String ref;
        private @Nullable String conversation;
        private long position;
        private @Nullable String kind;
        private @Nullable String sender;
        private @Nullable String user;
        private long textHash;
        private long tag;
        private @Nullable String cursor;
        private @Nullable String code;
        private @Nullable String url;
        private @Nullable String status;
        private long retryAfterMs;
        private long reconnectAfterMs;
        private int heartbeatSeconds;
        private int offlineAfterSeconds;
        private boolean resync;

        void set(String name, JsonToken token, JsonParser parser) {
            switch (token) {
                case VALUE_STRING -> setString(name, parser);
                case VALUE_NUMBER_INT -> setNumber(name, parser.getLongValue());
                case VALUE_TRUE -> resync |= name.equals("resync");
                case START_OBJECT, START_ARRAY -> parser.skipChildren();
                default -> {
                    // no known field has null, false or a fraction
                }
            }
        }

        private void setString(String name, JsonParser parser) {
            switch (name) {
                case "type" -> type = parser.getString();
                case "ref" -> ref = parser.getString();
                case "conversation" -> conversation = parser.getString();
                case "kind" -> kind = parser.getString();
                case "sender" -> sender = parser.getString();
                case "user" -> user = parser.getString();
                case "cursor" -> cursor = parser.getString();
                case "code" -> code = parser.getString();
                case "url" -> url = parser.getString();
                case "status" -> status = parser.getString();
                case "clientMessageId" -> tag = MessageIds.tag(parser.getString());
                case "text" ->
                    textHash = EntryHash.of(
                            parser.getStringCharacters(), parser.getStringOffset(), parser.getStringLength());
                default -> {
                    // a field of a later server
                }
            }
        }

        private void setNumber(String name, long value) {
            switch (name) {
                case "position" -> position = value;
                case "retryAfterMs" -> retryAfterMs = value;
                case "reconnectAfterMs" -> reconnectAfterMs = value;
                case "heartbeatSeconds" -> heartbeatSeconds = Math.toIntExact(value);
                case "offlineAfterSeconds" -> offlineAfterSeconds = Math.toIntExact(value);
                default -> {
                    // a field of a later server
                }
            }
        }

        ReceivedFrame frame() {
            return switch (type) {
                case "entry" ->
                    new ReceivedFrame.Entry(
                            required(conversation, "conversation"),
                            position,
                            EntryHash.entry(kind, sender, user, textHash),
                            tag,
                            cursor);
                case "ack" -> new ReceivedFrame.Ack(required(ref, "ref"), position);
                case "error" -> new ReceivedFrame.Refusal(ref, required(code, "code"), retryAfterMs);
                case "welcome" ->
                    new ReceivedFrame.Welcome(required(user, "user"), heartbeatSeconds, offlineAfterSeconds);
                case "caught-up" -> new ReceivedFrame.CaughtUp(required(cursor, "cursor"));
                case "state" -> new ReceivedFrame.State(resync);
                case "presence" -> new ReceivedFrame.Presence(required(user, "user"), required(status, "status"));
                case "goaway" -> new ReceivedFrame.GoAway(reconnectAfterMs, url);
                default -> new ReceivedFrame.Other(type);
            };
        }

        private String required(@Nullable String value, String name) {
            if (value == null) {
                throw new IllegalArgumentException("A frame of type " + type + " lacks " + name);
            }
            return value;
        }
    }
}
