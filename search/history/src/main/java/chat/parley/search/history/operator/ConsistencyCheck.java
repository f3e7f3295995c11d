package chat.parley.search.history.operator;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.conversation.ConversationEvent.MessageEdited;
import chat.parley.api.conversation.ConversationEvent.MessageRetracted;
import chat.parley.api.conversation.ConversationEvent.MessageSent;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.port.EntryLookup;
import chat.parley.search.history.document.DocumentKey;
import chat.parley.search.history.document.DocumentKind;
import chat.parley.search.history.document.Documents;
import chat.parley.search.history.document.Fields;
import chat.parley.search.history.document.Generation;
import chat.parley.search.history.document.Indexes;
import chat.parley.search.history.document.MessageDocument;
import chat.parley.search.history.document.MessageKey;
import chat.parley.search.history.document.UnderivableDocument;
import chat.parley.search.history.engine.SearchEngine;
import chat.parley.search.history.generation.ServedIndex;
import chat.parley.search.history.index.MessageEvent;
import chat.parley.search.history.operator.CheckReport.Difference;
import chat.parley.search.history.operator.CheckReport.Kind;
import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.MgetResponse;
import co.elastic.clients.elasticsearch.core.get.GetResult;
import co.elastic.clients.elasticsearch.core.search.Hit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;

/**
 * Compares the whole history of a conversation with the index page by page, so that neither has to fit into memory.
 * Later entries are not compared.
 */
public final class ConsistencyCheck {
    private static final int PAGE_EVENTS = 500;
    /** Limit of ciphertext per page; its documents have about as much text. */
    private static final int PAGE_CHARACTERS = 4 << 20;

    private static final int PAGE_EXTRAS = 1_000;
    private static final int LISTED = 100;

    private final SearchEngine engine;
    private final ServedIndex index;
    private final Indexes indexes;
    private final EventStore events;
    private final EntryLookup entries;
    private final Documents documents;

    public ConsistencyCheck(
            SearchEngine engine,
            ServedIndex index,
            Indexes indexes,
            EventStore events,
            EntryLookup entries,
            Documents documents) {
        this.engine = engine;
        this.index = index;
        this.indexes = indexes;
        this.events = events;
        this.entries = entries;
        this.documents = documents;
    }

    public CheckReport of(ConversationId conversation) {
        engine.require();
        long head = events.lastSequenceNumberFor(conversation.value())
                .map(last -> last + 1)
                .orElseThrow(() -> new Refused(Refusal.CONVERSATION_NOT_FOUND));
        if (entries.find(conversation, 1).isEmpty()) {
            throw new Refused(Refusal.CONVERSATION_NOT_FOUND);
        }
        Generation generation = index.caughtUp();
        indexes.refresh(generation);
        Comparison comparison = new Comparison(generation, conversation, head);
        comparison.compareHistory();
        comparison.findExtras(DocumentKind.MESSAGE, comparison.foundMessages);
        comparison.findExtras(DocumentKind.PAST, comparison.foundPast);
        return comparison.report();
    }

    private final class Comparison {
        private final Generation generation;
        private final ConversationId conversation;
        private final long head;
        private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);
        private final List<Difference> differences = new ArrayList<>();
        private final Set<MessageKey> retracted = new HashSet<>();
        private long messages;
        private long past;
        private long foundMessages;
        private long foundPast;

        Comparison(Generation generation, ConversationId conversation, long head) {
            this.generation = generation;
            this.conversation = conversation;
            this.head = head;
        }

        CheckReport report() {
            return new CheckReport(conversation, generation.name(), head, messages, past, counts, differences);
        }

        void compareHistory() {
            DomainEventStream history = events.readEvents(conversation.value(), 0);
            List<MessageEvent> page = new ArrayList<>();
            int characters = 0;
            while (history.hasNext()) {
                DomainEventMessage<?> message = history.next();
                long position = message.getSequenceNumber() + 1;
                if (position > head) {
                    break;
                }
                if (message.getPayload() instanceof ConversationEvent event && isOfMessage(event)) {
                    MessageEvent change = new MessageEvent(position, event);
                    // Changes after a retraction have no effect.
                    boolean counts = event instanceof MessageRetracted
                            ? retracted.add(change.place())
                            : !retracted.contains(change.place());
                    if (counts) {
                        page.add(change);
                        characters += event.textLength();
                    }
                }
                if (page.size() == PAGE_EVENTS || characters >= PAGE_CHARACTERS) {
                    compare(page);
                    page.clear();
                    characters = 0;
                }
            }
            compare(page);
        }

        private void compare(List<MessageEvent> page) {
            if (page.isEmpty()) {
                return;
            }
            Set<String> messageIds = new LinkedHashSet<>();
            Set<String> pastIds = new LinkedHashSet<>();
            for (MessageEvent change : page) {
                messageIds.add(change.place().id());
                if (!(change.event() instanceof MessageRetracted)) {
                    pastIds.add(pastId(change));
                }
            }
            Map<String, Stored> standing = stored(generation.messages(), messageIds);
            Map<String, Stored> ended = stored(generation.past(), pastIds);
            Map<MessageKey, ConversationEvent> known = new HashMap<>();
            page.forEach(change -> known.put(new MessageKey(conversation, change.position()), change.event()));
            Documents ofPage =
                    documents.knowing((in, position) -> Optional.ofNullable(known.get(new MessageKey(in, position))));
            for (MessageEvent change : page) {
                compare(change, standing.get(change.place().id()), ended.get(pastId(change)), ofPage);
            }
        }

        private void compare(MessageEvent change, @Nullable Stored standing, @Nullable Stored ended, Documents ofPage) {
            MessageKey place = change.place();
            boolean retraction = change.event() instanceof MessageRetracted;
            if (change.event() instanceof MessageSent) {
                messages++;
                foundMessages += standing == null ? 0 : 1;
            } else {
                past++;
            }
            foundPast += ended == null ? 0 : 1;
            if (standing == null) {
                add(Kind.MISSING, DocumentKind.MESSAGE, place.position(), change.position());
            } else if (standing.version() < change.position()) {
                add(
                        retraction ? Kind.NOT_RETRACTED : Kind.STALE,
                        DocumentKind.MESSAGE,
                        place.position(),
                        change.position());
            } else if (standing.version() == change.position()) {
                compare(DocumentKey.message(place, change.position()), standing, ofPage);
                if (ended != null) {
                    add(Kind.EXTRA, DocumentKind.PAST, place.position(), change.position());
                }
            } else if (!retraction && standing.version() <= head) {
                comparePast(place, change.position(), ended, ofPage);
            }
        }

        private void comparePast(MessageKey place, long version, @Nullable Stored ended, Documents ofPage) {
            if (ended == null) {
                add(Kind.MISSING, DocumentKind.PAST, place.position(), version);
            } else {
                compare(DocumentKey.past(place, version, ended.version()), ended, ofPage);
            }
        }

        private void compare(DocumentKey key, Stored stored, Documents ofPage) {
            try {
                MessageDocument expected = ofPage.derive(key);
                MessageDocument actual = stored.document();
                if (!Objects.equals(expected.text(), actual.text())) {
                    Kind kind = expected.retracted() && !actual.retracted() ? Kind.NOT_RETRACTED : Kind.WRONG_TEXT;
                    add(kind, key.kind(), key.place().position(), key.version());
                } else if (!expected.equals(actual)) {
                    add(Kind.WRONG_FIELDS, key.kind(), key.place().position(), key.version());
                }
            } catch (UnderivableDocument e) {
                Kind kind = e.error().equals(UnderivableDocument.TEXT_UNREADABLE) ? Kind.UNREADABLE : Kind.WRONG_FIELDS;
                add(kind, key.kind(), key.place().position(), key.version());
            }
        }

        private void add(Kind kind, DocumentKind document, long position, long version) {
            counts.merge(kind, 1L, Long::sum);
            if (differences.size() < LISTED) {
                differences.add(new Difference(kind, document, position, version));
            }
        }

        /** Scans all documents if there are more of them than the history accounts for. */
        void findExtras(DocumentKind kind, long found) {
            String index = generation.index(kind);
            Query ofConversation = Query.of(query -> query.bool(bool -> bool.filter(filter ->
                            filter.term(term -> term.field(Fields.CONVERSATION).value(conversation.value())))
                    .filter(filter -> filter.range(range ->
                            range.number(number -> number.field(Fields.POSITION).lte((double) head))))));
            long there = engine.ask(
                            client -> client.count(count -> count.index(index).query(ofConversation)))
                    .count();
            if (there <= found) {
                return;
            }
            List<FieldValue> after = List.of();
            while (true) {
                List<Hit<MessageDocument>> page = page(index, ofConversation, after);
                page.forEach(hit -> compareWithHistory(kind, hit));
                if (page.size() < PAGE_EXTRAS) {
                    return;
                }
                after = page.getLast().sort();
            }
        }

        private List<Hit<MessageDocument>> page(String index, Query query, List<FieldValue> after) {
            return engine.ask(client -> client.search(
                            search -> {
                                search.index(index)
                                        .query(query)
                                        .size(PAGE_EXTRAS)
                                        .source(source -> source.filter(filter -> filter.excludes(Fields.TEXT)))
                                        .sort(sort -> sort.field(field ->
                                                field.field(Fields.POSITION).order(SortOrder.Asc)))
                                        .sort(sort -> sort.field(field ->
                                                field.field(Fields.VERSION).order(SortOrder.Asc)));
                                return after.isEmpty() ? search : search.searchAfter(after);
                            },
                            MessageDocument.class))
                    .hits()
                    .hits();
        }

        private void compareWithHistory(DocumentKind kind, Hit<MessageDocument> hit) {
            MessageDocument document = hit.source();
            if (document == null) {
                return;
            }
            MessageKey place = new MessageKey(conversation, document.position());
            boolean isMessage = entries.find(conversation, document.position())
                    .filter(MessageSent.class::isInstance)
                    .isPresent();
            boolean isVersion = kind == DocumentKind.MESSAGE
                    || entries.find(conversation, document.version())
                            .filter(entry -> isTextOf(place, document.version(), entry))
                            .isPresent();
            if (!isMessage || !isVersion) {
                add(Kind.EXTRA, kind, document.position(), document.version());
            }
        }
    }

    private record Stored(MessageDocument document, long version) {}

    private Map<String, Stored> stored(String index, Collection<String> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        MgetResponse<MessageDocument> answer =
                engine.ask(client -> client.mget(get -> get.index(index).ids(List.copyOf(ids)), MessageDocument.class));
        Map<String, Stored> stored = new HashMap<>();
        answer.docs().forEach(item -> {
            if (item.isFailure()) {
                throw new Refused(Refusal.SEARCH_UNAVAILABLE);
            }
            GetResult<MessageDocument> result = item.result();
            if (result.found()) {
                stored.put(result.id(), new Stored(Objects.requireNonNull(result.source()), result.version()));
            }
        });
        return stored;
    }

    private static String pastId(MessageEvent change) {
        return DocumentKey.past(change.place(), change.position(), change.position())
                .id();
    }

    private static boolean isOfMessage(ConversationEvent event) {
        return event instanceof MessageSent || event instanceof MessageEdited || event instanceof MessageRetracted;
    }

    private static boolean isTextOf(MessageKey place, long version, ConversationEvent entry) {
        return switch (entry) {
            case MessageSent sent -> version == place.position();
            case MessageEdited edited -> edited.target() == place.position();
            default -> false;
        };
    }
}
