package chat.parley.audit.conversation;

import chat.parley.api.account.UserId;
import chat.parley.api.audit.FindConversationAt;
import chat.parley.api.audit.FindConversationAt.Participant;
import chat.parley.api.audit.FindConversationAt.Past;
import chat.parley.api.audit.FindConversationAt.State;
import chat.parley.api.audit.FindConversationChanges;
import chat.parley.api.audit.FindConversationChanges.Changes;
import chat.parley.api.audit.FindEntryAccess;
import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.FindPins.Pin;
import chat.parley.api.conversation.MemberRole;
import chat.parley.api.conversation.RecordedEntry;
import chat.parley.audit.review.MessageAccesses;
import chat.parley.eventprocessing.query.QueryClient;
import chat.parley.wire.Entry;
import chat.parley.wire.EntryRenderer;
import chat.parley.wire.SealedTextReader;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Asks the read side about the past, and shows its answers. */
final class PastConversations {
    private final QueryClient queries;
    private final SealedTextReader texts;
    private final EntryRenderer renderer;
    private final MessageAccesses accesses;

    PastConversations(QueryClient queries, SealedTextReader texts, EntryRenderer renderer, MessageAccesses accesses) {
        this.accesses = accesses;
        this.queries = queries;
        this.texts = texts;
        this.renderer = renderer;
    }

    PastConversationView at(FindConversationAt query) {
        ConversationId conversation = query.conversation();
        Past past = queries.ask(query, Past.class);
        State state = past.state();
        SealedTextReader.Text title = texts.title(conversation, state.title());
        return new PastConversationView(
                conversation,
                state.position(),
                state.at(),
                state.kind(),
                title.value(),
                title.erased(),
                state.members().stream()
                        .map(member ->
                                new PastConversationView.Member(member.user(), member.role(), member.readPosition()))
                        .toList(),
                state.joinable(),
                state.history(),
                state.pins().stream()
                        .map(pin -> new PastConversationView.Pin(pin.target(), pin.position(), pin.by(), pin.at()))
                        .toList(),
                state.messages(),
                state.reactions().stream()
                        .map(reaction -> new PastConversationView.PastReaction(
                                reaction.target(), reaction.emoji(), reaction.users()))
                        .toList(),
                rendered(past.entries()));
    }

    private List<Entry> rendered(List<RecordedEntry> entries) {
        return entries.stream().map(renderer::render).toList();
    }

    DifferenceView between(FindConversationChanges query) {
        Changes changes = queries.ask(query, Changes.class);
        State before = changes.from();
        State since = changes.to();
        List<RecordedEntry> entries = changes.entries();
        boolean continues = !entries.isEmpty() && entries.getLast().position() < since.position();
        Map<UserId, Participant> earlier = byUser(before);
        Map<UserId, Participant> later = byUser(since);
        return new DifferenceView(
                query.conversation(),
                side(before),
                side(since),
                without(later.keySet(), earlier.keySet()),
                without(earlier.keySet(), later.keySet()),
                roles(since, earlier),
                without(pinned(since), pinned(before)),
                without(pinned(before), pinned(since)),
                read(since, earlier),
                rendered(entries),
                continues ? entries.getLast().position() : null);
    }

    private static Map<UserId, Participant> byUser(State state) {
        return state.members().stream().collect(Collectors.toMap(Participant::user, Function.identity()));
    }

    private DifferenceView.Side side(State state) {
        return new DifferenceView.Side(
                state.position(),
                state.at(),
                texts.title(state.conversation(), state.title()).value(),
                state.joinable(),
                state.messages());
    }

    private static Set<Long> pinned(State state) {
        return state.pins().stream().map(Pin::target).collect(Collectors.toSet());
    }

    private static <T> List<T> without(Set<T> all, Set<T> others) {
        return all.stream().filter(one -> !others.contains(one)).sorted().toList();
    }

    private static List<DifferenceView.RoleChange> roles(State since, Map<UserId, Participant> earlier) {
        return since.members().stream()
                .flatMap(member -> {
                    Participant was = earlier.get(member.user());
                    MemberRole role = was == null ? member.role() : was.role();
                    return role == member.role()
                            ? Stream.empty()
                            : Stream.of(new DifferenceView.RoleChange(member.user(), role, member.role()));
                })
                .toList();
    }

    private static List<DifferenceView.ReadChange> read(State since, Map<UserId, Participant> earlier) {
        return since.members().stream()
                .flatMap(member -> {
                    Participant was = earlier.get(member.user());
                    return was == null || was.readPosition() == member.readPosition()
                            ? Stream.empty()
                            : Stream.of(new DifferenceView.ReadChange(
                                    member.user(), was.readPosition(), member.readPosition()));
                })
                .toList();
    }

    EntryAccessView access(ConversationId conversation, long position) {
        FindEntryAccess.Access access =
                queries.ask(new FindEntryAccess(conversation, position), FindEntryAccess.Access.class);
        ConversationEvent sent = access.versions().getFirst().event();
        return new EntryAccessView(
                access.versions().stream()
                        .map(version -> renderer.render(RecordedEntry.of(version.position(), 0, version.event())))
                        .toList(),
                access.readers().stream()
                        .map(reader -> new EntryAccessView.Reader(
                                reader.user(),
                                reader.readings().stream()
                                        .map(reading -> new EntryAccessView.Reading(
                                                reading.version(), reading.since(), reading.at()))
                                        .toList(),
                                reader.left(),
                                reader.read()))
                        .toList(),
                accesses.covering(conversation, sent.by(), sent.at()));
    }
}
