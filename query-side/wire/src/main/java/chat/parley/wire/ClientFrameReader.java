package chat.parley.wire;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.DeviceId;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ClientMessageId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.presence.DeviceStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads a frame from a JSON object. It is strict: a number is not a string, and null counts as absent. It is written by
 * hand because each mistake has its own code, and the error must carry the {@code ref}.
 */
final class ClientFrameReader {
    private static final int MAX_REF_CHARACTERS = 64;

    /** A code point is at most two chars. The domain has the exact limit; this one keeps far longer texts off the bus. */
    private static final int MAX_TEXT_CHARS = 2 * FrameCodec.MAX_TEXT_CHARACTERS;

    /** One emoji with all its joiners and modifiers is far shorter. */
    private static final int MAX_EMOJI_CHARS = 64;

    private static final int MAX_MENTIONS = 100;

    private final ObjectNode object;
    private final @Nullable String ref;

    private ClientFrameReader(ObjectNode object, @Nullable String ref) {
        this.object = object;
        this.ref = ref;
    }

    static Decoded read(ObjectNode object) {
        JsonNode node = object.path("ref");
        String ref = node.isString() ? usableRef(node.stringValue()) : null;
        if (ref == null && isPresent(node)) {
            return new Decoded.Rejected(node.isString() ? Refusal.INVALID_PARAMETER : Refusal.MALFORMED_JSON, null);
        }
        try {
            return new Decoded.Frame(new ClientFrameReader(object, ref).frame());
        } catch (Refused refused) {
            return new Decoded.Rejected(refused.refusal(), ref);
        }
    }

    /** The ref, if it may be echoed: it is short and can be written as UTF-8. */
    static @Nullable String usableRef(String ref) {
        return ref.length() <= MAX_REF_CHARACTERS && !hasLoneSurrogate(ref) ? ref : null;
    }

    private ClientFrame frame() {
        return switch (string("type")) {
            case FrameTypes.HELLO ->
                new ClientFrame.Hello(
                        ref, string("token"), new DeviceId(string("device")), optionalString("cursor"), positions());
            case FrameTypes.MESSAGE_SEND ->
                new ClientFrame.MessageSend(
                        requiredRef(),
                        conversation(),
                        new ClientMessageId(string("clientMessageId")),
                        text(),
                        optionalPosition("replyTo"),
                        mentions());
            case FrameTypes.MESSAGE_EDIT ->
                new ClientFrame.MessageEdit(requiredRef(), conversation(), position(), text(), mentions());
            case FrameTypes.MESSAGE_RETRACT ->
                new ClientFrame.MessageRetract(requiredRef(), conversation(), position());
            case FrameTypes.MESSAGE_PIN -> new ClientFrame.MessagePin(requiredRef(), conversation(), position());
            case FrameTypes.MESSAGE_UNPIN -> new ClientFrame.MessageUnpin(requiredRef(), conversation(), position());
            case FrameTypes.REACTION_ADD ->
                new ClientFrame.ReactionAdd(requiredRef(), conversation(), position(), emoji());
            case FrameTypes.REACTION_REMOVE ->
                new ClientFrame.ReactionRemove(requiredRef(), conversation(), position(), emoji());
            case FrameTypes.READ -> new ClientFrame.Read(ref, conversation(), position());
            case FrameTypes.TYPING -> new ClientFrame.Typing(ref, conversation());
            case FrameTypes.PRESENCE_WATCH -> new ClientFrame.PresenceWatch(ref, watched());
            case FrameTypes.PRESENCE_UNWATCH -> new ClientFrame.PresenceUnwatch(ref, watched());
            case FrameTypes.PRESENCE_SET -> new ClientFrame.PresenceSet(ref, status());
            case FrameTypes.HEARTBEAT -> new ClientFrame.Heartbeat(ref);
            case FrameTypes.AUTHENTICATE -> new ClientFrame.Authenticate(ref, string("token"));
            case FrameTypes.BYE -> new ClientFrame.Bye(ref);
            default -> throw new Refused(Refusal.UNKNOWN_FRAME_TYPE);
        };
    }

    private String requiredRef() {
        if (ref == null) {
            throw new Refused(Refusal.REF_REQUIRED);
        }
        return ref;
    }

    private ConversationId conversation() {
        return new ConversationId(string("conversation"));
    }

    private String text() {
        return bounded("text", MAX_TEXT_CHARS, Refusal.MESSAGE_TOO_LONG);
    }

    private String emoji() {
        return bounded("emoji", MAX_EMOJI_CHARS, Refusal.EMOJI_INVALID);
    }

    private String bounded(String name, int maxChars, Refusal refusal) {
        String value = string(name);
        if (value.length() > maxChars) {
            throw new Refused(refusal);
        }
        return value;
    }

    private String string(String name) {
        String value = optionalString(name);
        if (value == null) {
            throw new Refused(Refusal.MALFORMED_JSON);
        }
        return value;
    }

    private @Nullable String optionalString(String name) {
        JsonNode node = object.path(name);
        if (!isPresent(node)) {
            return null;
        }
        return stringOf(node);
    }

    private static String stringOf(JsonNode node) {
        if (!node.isString()) {
            throw new Refused(Refusal.MALFORMED_JSON);
        }
        return node.stringValue();
    }

    private long position() {
        Long position = optionalPosition("position");
        if (position == null) {
            throw new Refused(Refusal.MALFORMED_JSON);
        }
        return position;
    }

    private @Nullable Long optionalPosition(String name) {
        JsonNode node = object.path(name);
        return isPresent(node) ? (Long) number(node, 1) : null;
    }

    private static long number(JsonNode node, long least) {
        if (!node.isIntegralNumber()) {
            throw new Refused(Refusal.MALFORMED_JSON);
        }
        if (!node.canConvertToLong() || node.longValue() < least) {
            throw new Refused(Refusal.INVALID_PARAMETER);
        }
        return node.longValue();
    }

    private List<UserId> mentions() {
        return isPresent(object.path("mentions"))
                ? users("mentions", MAX_MENTIONS, Refusal.MENTIONS_INVALID)
                : List.of();
    }

    private List<UserId> watched() {
        return users("users", FrameCodec.MAX_WATCHED, Refusal.LIMIT_EXCEEDED);
    }

    private DeviceStatus status() {
        return switch (string("status")) {
            case "online" -> DeviceStatus.ONLINE;
            case "away" -> DeviceStatus.AWAY;
            case "invisible" -> DeviceStatus.INVISIBLE;
            default -> throw new Refused(Refusal.INVALID_PARAMETER);
        };
    }

    private List<UserId> users(String name, int most, Refusal tooMany) {
        if (!(object.path(name) instanceof ArrayNode array)) {
            throw new Refused(Refusal.MALFORMED_JSON);
        }
        if (array.size() > most) {
            throw new Refused(tooMany);
        }
        List<UserId> users = new ArrayList<>(array.size());
        array.forEach(user -> users.add(new UserId(stringOf(user))));
        return List.copyOf(users);
    }

    private @Nullable Map<ConversationId, Long> positions() {
        JsonNode node = object.path("positions");
        if (!isPresent(node)) {
            return null;
        }
        if (!(node instanceof ObjectNode map)) {
            throw new Refused(Refusal.MALFORMED_JSON);
        }
        Map<ConversationId, Long> positions = HashMap.newHashMap(map.size());
        map.forEachEntry(
                (conversation, position) -> positions.put(new ConversationId(conversation), number(position, 0)));
        return Map.copyOf(positions);
    }

    private static boolean isPresent(JsonNode node) {
        return !node.isMissingNode() && !node.isNull();
    }

    private static boolean hasLoneSurrogate(String text) {
        return text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }
}
