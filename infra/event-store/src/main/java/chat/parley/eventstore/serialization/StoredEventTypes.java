package chat.parley.eventstore.serialization;

import chat.parley.api.account.AccountEvent;
import chat.parley.api.account.UsernameClaimed;
import chat.parley.api.audit.HistoryAudited;
import chat.parley.api.contact.ContactEvent;
import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.inbox.ReadMarkEvent;
import chat.parley.api.presence.PresenceEvent;
import chat.parley.api.retention.RetentionEvent;
import chat.parley.api.search.HistorySearched;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The type names in the event store. A stored name never changes: a fixed prefix and the class's name without its
 * package, so that a class may move to another package.
 */
final class StoredEventTypes {
    private static final String PREFIX = "chat.parley.api.";

    private static final Map<String, Class<?>> CLASSES = Stream.concat(
                    Stream.of(
                                    AccountEvent.class,
                                    ContactEvent.class,
                                    ConversationEvent.class,
                                    PresenceEvent.class,
                                    ReadMarkEvent.class,
                                    RetentionEvent.class)
                            .flatMap(family -> Arrays.stream(family.getPermittedSubclasses())),
                    Stream.of(HistoryAudited.class, HistorySearched.class, UsernameClaimed.class))
            .collect(Collectors.toUnmodifiableMap(StoredEventTypes::stored, Function.identity()));

    private static final Map<Class<?>, String> NAMES =
            CLASSES.entrySet().stream().collect(Collectors.toUnmodifiableMap(Map.Entry::getValue, Map.Entry::getKey));

    private StoredEventTypes() {}

    private static String stored(Class<?> type) {
        return PREFIX + type.getName().substring(type.getPackageName().length() + 1);
    }

    /** The stored name of an event type; any other class's own name. */
    static String nameOf(Class<?> type) {
        return NAMES.getOrDefault(type, type.getName());
    }

    /** The class for a stored name; null if it is not an event type. */
    static @Nullable Class<?> classOf(String storedName) {
        return CLASSES.get(storedName);
    }
}
