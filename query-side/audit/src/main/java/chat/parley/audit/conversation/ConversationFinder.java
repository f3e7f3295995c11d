package chat.parley.audit.conversation;

import chat.parley.api.KebabCase;
import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.conversation.ConversationEvent.DirectStarted;
import chat.parley.api.conversation.ConversationEvent.GroupRenamed;
import chat.parley.api.conversation.ConversationEvent.GroupStarted;
import chat.parley.api.conversation.ConversationEvent.MemberJoined;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.ConversationKind;
import chat.parley.api.port.RawEvents.RawEvent;
import chat.parley.audit.conversation.FoundConversations.Found;
import chat.parley.audit.conversation.FoundConversations.Title;
import chat.parley.audit.event.EventDecoder;
import chat.parley.audit.event.EventFilter;
import chat.parley.audit.event.EventRange;
import chat.parley.audit.event.EventSelector;
import chat.parley.wire.SealedTextReader;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds conversations by a member, a title or a time, from their events: the read model has neither former members nor
 * former titles of all conversations.
 */
final class ConversationFinder {
    /** Some 500 bytes each. Whoever gets more asks for less. */
    private static final int MOST_CANDIDATES = 100_000;

    private static final int MOST_NARROWING = 1_000;

    private static final Set<String> STARTS = names(DirectStarted.class, GroupStarted.class);
    private static final Set<String> TITLES = names(GroupStarted.class, GroupRenamed.class);
    private static final Set<String> ADMISSIONS = names(DirectStarted.class, GroupStarted.class, MemberJoined.class);
    private static final Set<String> DETAILS =
            names(DirectStarted.class, GroupStarted.class, GroupRenamed.class, MemberJoined.class);

    private final EventSelector selector;
    private final EventDecoder decoder;
    private final SealedTextReader texts;

    ConversationFinder(EventSelector selector, EventDecoder decoder, SealedTextReader texts) {
        this.selector = selector;
        this.decoder = decoder;
        this.texts = texts;
    }

    private static Set<String> names(Class<?>... types) {
        return Stream.of(types).map(Class::getSimpleName).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * @param window the events of the wanted time
     * @throws Refused {@link Refusal#LIMIT_EXCEEDED} if too many conversations have the member or the title
     */
    FoundConversations find(ConversationQuery query, EventRange window) throws IOException {
        EventRange known = new EventRange(-1, window.through());
        Set<String> candidates = candidates(query, known);
        if (query.hasTime() && !candidates.isEmpty()) {
            candidates.retainAll(withEntries(window, candidates));
        }
        return candidates.isEmpty() ? new FoundConversations(List.of(), null) : page(query, known, candidates);
    }

    private Set<String> candidates(ConversationQuery query, EventRange known) throws IOException {
        UserId member = query.wantedMember();
        String title = query.wantedTitle();
        Set<String> candidates = new LinkedHashSet<>();
        if (member == null && title == null) {
            forEach(known, null, STARTS, Set.of(), (event, started) -> add(started, candidates));
            return candidates;
        }
        if (member != null) {
            forEach(known, member, ADMISSIONS, Set.of(), (event, admitting) -> {
                if (admitting.admitted().contains(member)) {
                    add(admitting, candidates);
                }
            });
        }
        if (title == null || (member != null && candidates.isEmpty())) {
            return candidates;
        }
        Set<String> titled = new LinkedHashSet<>();
        forEach(known, null, TITLES, candidates, (event, named) -> {
            Title found = title(event, named);
            if (found != null
                    && found.title() != null
                    && ConversationQuery.folded(found.title()).contains(title)) {
                add(named, titled);
            }
        });
        if (member != null) {
            titled.retainAll(candidates);
        }
        return titled;
    }

    private static void add(ConversationEvent event, Set<String> candidates) {
        candidates.add(event.conversation().value());
        if (candidates.size() > MOST_CANDIDATES) {
            throw new Refused(Refusal.LIMIT_EXCEEDED, "More than " + MOST_CANDIDATES + " conversations: ask for less");
        }
    }

    private interface Consumer {
        void accept(RawEvent event, ConversationEvent entry);
    }

    /** @param conversations only of these; of any if empty */
    private void forEach(
            EventRange range, @Nullable UserId user, Set<String> types, Set<String> conversations, Consumer consumer)
            throws IOException {
        EventFilter filter = new EventFilter(null, user, types, null, null);
        selector.forEach(
                selector.parts(range, filter, narrowing(conversations)),
                filter,
                event -> {
                    if ((conversations.isEmpty() || conversations.contains(event.aggregate()))
                            && decoder.payload(event) instanceof ConversationEvent entry) {
                        consumer.accept(event, entry);
                    }
                },
                event -> {});
    }

    /** Many conversations are in every part of the event store. */
    private static Set<String> narrowing(Set<String> conversations) {
        return conversations.size() > MOST_NARROWING ? Set.of() : conversations;
    }

    private @Nullable Title title(RawEvent event, ConversationEvent entry) {
        SealedTextReader.Text text = switch (entry) {
            case GroupStarted started -> texts.title(started.conversation(), started.title());
            case GroupRenamed renamed -> texts.title(renamed.conversation(), renamed.title());
            default -> null;
        };
        return text == null ? null : new Title(text.value(), text.erased(), event.sequence() + 1, entry.at());
    }

    /** Those of the candidates that have an entry in the window. */
    private Set<String> withEntries(EventRange window, Set<String> candidates) throws IOException {
        Set<String> found = new HashSet<>();
        selector.forEach(
                selector.parts(window, EventFilter.ofTypes(Set.of()), narrowing(candidates)),
                new EventFilter(null, null, Set.of(), 1L, null),
                event -> found.add(event.aggregate()),
                event -> {});
        return found;
    }

    /** What is known of a conversation so far. */
    private static final class Draft {
        private final long index;
        private final ConversationEvent started;
        private final List<Title> titles = new ArrayList<>();
        private final Set<UserId> people = new LinkedHashSet<>();

        Draft(long index, ConversationEvent started) {
            this.index = index;
            this.started = started;
        }

        Found found() {
            ConversationId conversation = started.conversation();
            String kind =
                    KebabCase.of(started instanceof DirectStarted ? ConversationKind.DIRECT : ConversationKind.GROUP);
            Instant at = started.at();
            return new Found(conversation, index, kind, started.by(), at, titles, people);
        }
    }

    private FoundConversations page(ConversationQuery query, EventRange known, Set<String> candidates)
            throws IOException {
        long after = query.wantedAfter();
        Map<String, Draft> drafts = new LinkedHashMap<>();
        forEach(known, null, STARTS, candidates, (event, started) -> {
            if (event.index() > after && drafts.size() <= query.wantedLimit()) {
                drafts.put(event.aggregate(), new Draft(event.index(), started));
            }
        });
        Long next = null;
        if (drafts.size() > query.wantedLimit()) {
            drafts.remove(List.copyOf(drafts.keySet()).getLast());
            next = List.copyOf(drafts.values()).getLast().index;
        }
        if (!drafts.isEmpty()) {
            forEach(known, null, DETAILS, Set.copyOf(drafts.keySet()), (event, entry) -> {
                Draft draft = drafts.get(event.aggregate());
                if (draft != null) {
                    Title title = title(event, entry);
                    if (title != null) {
                        draft.titles.add(title);
                    }
                    draft.people.addAll(entry.admitted());
                }
            });
        }
        return new FoundConversations(drafts.values().stream().map(Draft::found).toList(), next);
    }
}
