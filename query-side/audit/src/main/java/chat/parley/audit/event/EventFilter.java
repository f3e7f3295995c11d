package chat.parley.audit.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.port.RawEvents.RawEvent;
import chat.parley.audit.access.AuditAccess;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Selects events.
 *
 * @param conversation only events that name this conversation
 * @param user         only events that name this person, as their author or otherwise
 * @param types        only these types, by the last part of their stored name; all if empty
 * @param fromPosition only entries of conversations from this position on
 * @param toPosition   only entries of conversations up to this position
 */
public record EventFilter(
        @Nullable ConversationId conversation,
        @Nullable UserId user,
        Set<String> types,
        @Nullable Long fromPosition,
        @Nullable Long toPosition) {
    private static final String ENTRY_AGGREGATE = "Conversation";

    /** Only these types, of anybody. */
    public static EventFilter ofTypes(Set<String> types) {
        return new EventFilter(null, null, types, null, null);
    }

    /** Whether every event is accepted. */
    public boolean isAll() {
        return conversation == null && user == null && types.isEmpty() && fromPosition == null && toPosition == null;
    }

    /** In one line, for the manifest of an export. */
    public String described() {
        return "conversation=" + conversation + " user=" + user + " types=" + new TreeSet<>(types) + " positions="
                + fromPosition + ".." + toPosition;
    }

    public AuditAccess.Subject subject() {
        return new AuditAccess.Subject(conversation, user);
    }

    boolean accepts(RawEvent event, EventNames names) {
        return acceptsType(event) && acceptsPosition(event) && names(event, names);
    }

    private boolean acceptsType(RawEvent event) {
        return types.isEmpty() || types.contains(simpleName(event.type()));
    }

    /** The last part of a stored name. */
    public static String simpleName(String type) {
        String last = type.substring(type.lastIndexOf('.') + 1);
        return last.substring(last.lastIndexOf('$') + 1);
    }

    private boolean acceptsPosition(RawEvent event) {
        if (fromPosition == null && toPosition == null) {
            return true;
        }
        long position = event.sequence() + 1;
        return ENTRY_AGGREGATE.equals(event.aggregateType())
                && (fromPosition == null || position >= fromPosition)
                && (toPosition == null || position <= toPosition);
    }

    static boolean isEntryOf(ConversationId conversation, RawEvent event) {
        return ENTRY_AGGREGATE.equals(event.aggregateType())
                && conversation.value().equals(event.aggregate());
    }

    private boolean names(RawEvent event, EventNames names) {
        if (conversation == null && user == null) {
            return true;
        }
        // Most events do not contain the ids, which a search of the bytes finds out sooner than a parser.
        if (!mayName(event, conversation) || !mayName(event, user)) {
            return false;
        }
        return (conversation == null || names.any(event.payload(), conversation.value()::equals))
                && (user == null || names.any(event.payload(), user.value()::equals));
    }

    private static boolean mayName(RawEvent event, @Nullable Object id) {
        return id == null || contains(event.payload(), id.toString().getBytes(UTF_8));
    }

    private static boolean contains(byte[] bytes, byte[] part) {
        for (int start = 0; start <= bytes.length - part.length; start++) {
            if (bytes[start] == part[0] && Arrays.equals(bytes, start, start + part.length, part, 0, part.length)) {
                return true;
            }
        }
        return false;
    }

    /** The hashed names that an accepted event has all of. */
    List<Integer> names() {
        return Stream.of(Optional.ofNullable(conversation), Optional.ofNullable(user))
                .flatMap(Optional::stream)
                .map(id -> name(id.toString()))
                .toList();
    }

    /** The hashed names of types that an accepted event has one of; none if every type is accepted. */
    List<Integer> typeNames() {
        return types.stream().map(EventFilter::typeName).toList();
    }

    static int name(String id) {
        return id.hashCode();
    }

    static int typeName(String type) {
        return ("type " + type).hashCode();
    }
}
