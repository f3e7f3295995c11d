package chat.parley.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ClientMessageId;
import chat.parley.api.conversation.ConversationEvent.MessageSent;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.inbox.ReadMarkEvent.ReadMarkMoved;
import chat.parley.api.port.KeyedHash;
import chat.parley.api.port.KeyedHash.Purpose;
import chat.parley.api.port.TextProtection;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Ids of realistic length, and the message of 200 bytes that all load measurements use. */
public final class Samples {
    public static final String TEXT =
            "The quick brown fox jumps over the lazy dog. ".repeat(5).substring(0, 200);
    public static final UserId AUTHOR = user(0);
    public static final Instant AT = Instant.parse("2026-11-21T09:30:00.123Z");

    private static final long UUID_V7_VERSION = 0x7000L;
    private static final long UUID_VARIANT = 0x8000_0000_0000_0000L;
    private static final int UUID_TIME_SHIFT = 16;

    private Samples() {}

    public static UserId user(int number) {
        return new UserId(named("user", number));
    }

    public static ConversationId conversation(int number) {
        return new ConversationId(named("conversation", number));
    }

    /** A UUIDv7 of this millisecond, as clients are advised to use. */
    public static ClientMessageId messageId(long millis, long number) {
        return new ClientMessageId(
                new UUID(millis << UUID_TIME_SHIFT | UUID_V7_VERSION, UUID_VARIANT | number).toString());
    }

    /** The message at this ordinal of a conversation. */
    public static MessageSent message(
            ConversationId conversation, long ordinal, TextProtection protection, KeyedHash hashes) {
        ClientMessageId id = messageId(AT.toEpochMilli(), ordinal);
        return new MessageSent(
                conversation,
                AUTHOR,
                id,
                protection.seal(AUTHOR, TEXT, TextProtection.messageContext(conversation, AUTHOR, id)),
                hashes.of(Purpose.MESSAGE_CONTENT, TEXT),
                ordinal,
                null,
                List.of(),
                AT);
    }

    public static ReadMarkMoved readMark(ConversationId conversation, long position) {
        return new ReadMarkMoved(conversation, AUTHOR, position, AT);
    }

    private static String named(String kind, int number) {
        return UUID.nameUUIDFromBytes((kind + number).getBytes(UTF_8)).toString();
    }
}
