package chat.parley.projections.conversation;

import chat.parley.api.conversation.ConversationId;
import chat.parley.projections.store.DocumentFields;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** Assigns the changes of 1,024 positions to one document. */
public final class MessageChangeBlock {
    /** If all its messages are retracted, a block takes about 40 KB. */
    private static final long POSITIONS = 1_024;

    private static final String CHANGES = "c";

    private MessageChangeBlock() {}

    public static String idOf(ConversationId conversation, long target) {
        return id(conversation, number(target));
    }

    /** The blocks of these positions, both included. */
    public static List<String> idsOf(ConversationId conversation, long from, long to) {
        return LongStream.rangeClosed(number(from), number(to))
                .mapToObj(number -> id(conversation, number))
                .toList();
    }

    private static long number(long target) {
        return (target - 1) / POSITIONS;
    }

    private static String id(ConversationId conversation, long number) {
        return conversation + ":" + number;
    }

    static String path(long position) {
        return CHANGES + "." + position;
    }

    static Stream<MessageChange> changes(@Nullable Document block) {
        return block == null
                ? Stream.of()
                : DocumentFields.sub(block, CHANGES).entrySet().stream()
                        .map(change -> MessageChange.of(Long.parseLong(change.getKey()), numbers(change.getValue())));
    }

    private static List<Number> numbers(Object stored) {
        return ((List<?>) stored).stream().map(Number.class::cast).toList();
    }
}
