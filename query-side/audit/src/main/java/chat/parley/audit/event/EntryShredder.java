package chat.parley.audit.event;

import chat.parley.api.account.AccountEvent.AccountErased;
import chat.parley.api.account.AccountEvent.RoleGranted;
import chat.parley.api.account.AccountEvent.RoleRevoked;
import chat.parley.api.account.UserId;
import chat.parley.api.audit.HistoryAudited;
import chat.parley.api.conversation.ConversationEvent.MessageEdited;
import chat.parley.api.conversation.ConversationEvent.MessageSent;
import chat.parley.api.port.ErasureProgress;
import chat.parley.api.port.ErasureProgress.Store;
import chat.parley.api.port.RawEvents.RawEvent;
import chat.parley.api.retention.RetentionEvent;
import chat.parley.api.retention.RetentionEvent.TextsExpired;
import chat.parley.api.search.HistorySearched;
import chat.parley.audit.log.SaltShredder;
import chat.parley.eventprocessing.batch.EventSelection;
import chat.parley.eventprocessing.batch.RecordedEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Shreds the salts of an erased user's events, and of the texts of a conversation that expired.
 *
 * <p>An event is the user's if the user is its author ({@code by}), its subject ({@code user}) or the other person of a
 * pair ({@code with}). Messages of others that mention the user stay provable for their authors. So do the records of
 * audits, searches, roles, holds, retention and erasures, which hold nothing of the user but the id.
 */
final class EntryShredder {
    private static final Set<Class<?>> HANDLED = Set.of(AccountErased.class, TextsExpired.class);

    static final EventSelection SELECTION = HANDLED::contains;

    private static final Set<String> TEXTS = names(MessageSent.class, MessageEdited.class);

    private static final Set<String> RECORDS = Stream.concat(
                    Arrays.stream(RetentionEvent.class.getPermittedSubclasses()),
                    Stream.of(
                            AccountErased.class,
                            HistoryAudited.class,
                            HistorySearched.class,
                            RoleGranted.class,
                            RoleRevoked.class))
            .map(Class::getSimpleName)
            .collect(Collectors.toUnmodifiableSet());

    private final EventSelector selector;
    private final SaltShredder salts;
    private final JsonMapper json;
    private final Supplier<ErasureProgress> erasures;

    EntryShredder(EventSelector selector, SaltShredder salts, JsonMapper json, Supplier<ErasureProgress> erasures) {
        this.selector = selector;
        this.salts = salts;
        this.json = json;
        this.erasures = erasures;
    }

    private static Set<String> names(Class<?>... types) {
        return Stream.of(types).map(Class::getSimpleName).collect(Collectors.toUnmodifiableSet());
    }

    /** Idempotent. */
    void handle(RecordedEvent event) {
        salts.awaitLogged(event.index());
        switch (event.payload()) {
            case AccountErased erased -> {
                shredBefore(
                        event.index(),
                        new EventFilter(null, erased.user(), Set.of(), null, null),
                        logged -> isOf(erased.user(), logged));
                erasures.get().done(erased.user(), Store.LOG_SALTS);
            }
            case TextsExpired expired ->
                shredBefore(
                        event.index(),
                        new EventFilter(expired.conversation(), null, TEXTS, null, null),
                        logged -> isTextBefore(expired, logged));
            default ->
                throw new IllegalArgumentException(
                        "Nothing is shredded after " + event.payload().getClass());
        }
    }

    private void shredBefore(long index, EventFilter filter, Predicate<RawEvent> shredded) {
        try (SaltShredder.Run run = salts.begin()) {
            selector.forEach(new EventRange(-1, index - 1), filter, event -> {
                if (shredded.test(event)) {
                    run.shred(event.index());
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isOf(UserId user, RawEvent event) {
        if (RECORDS.contains(EventFilter.simpleName(event.type()))) {
            return false;
        }
        JsonNode payload = json.readTree(event.payload());
        return Stream.of("by", "user", "with")
                .anyMatch(field -> user.value().equals(payload.path(field).asString("")));
    }

    private boolean isTextBefore(TextsExpired expired, RawEvent event) {
        if (!expired.conversation().value().equals(event.aggregate())) {
            return false;
        }
        Instant at = at(json.readTree(event.payload()));
        return at != null && at.isBefore(expired.before());
    }

    private static @Nullable Instant at(JsonNode payload) {
        JsonNode at = payload.path("at");
        return at.isString() ? Instant.parse(at.stringValue()) : null;
    }
}
