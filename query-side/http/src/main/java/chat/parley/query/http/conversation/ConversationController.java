package chat.parley.query.http.conversation;

import static chat.parley.api.Refusal.CONVERSATION_NOT_FOUND;
import static chat.parley.api.Refusal.INVALID_ID;
import static chat.parley.api.Refusal.INVALID_PARAMETER;
import static chat.parley.api.Refusal.NOT_A_MEMBER;

import chat.parley.api.Refuses;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.Entries;
import chat.parley.api.conversation.FindConversation;
import chat.parley.api.conversation.FindEntries;
import chat.parley.api.conversation.FindPins;
import chat.parley.eventprocessing.query.QueryClient;
import chat.parley.web.RequestParameters;
import chat.parley.web.token.AuthenticatedUser;
import chat.parley.wire.EntryRenderer;
import chat.parley.wire.SealedTextReader;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Conversations")
@RestController
@RequestMapping("/api/v1/conversations/{conversation}")
public final class ConversationController {
    private static final int MOST_ENTRIES = 200;

    /** As many as are pinned at most. */
    private static final int MOST_POSITIONS = 100;

    private final QueryClient queries;
    private final SealedTextReader unsealer;
    private final EntryRenderer renderer;

    public ConversationController(QueryClient queries, SealedTextReader unsealer, EntryRenderer renderer) {
        this.queries = queries;
        this.unsealer = unsealer;
        this.renderer = renderer;
    }

    @Operation(summary = "Read a conversation and its members; an open group shows its title to everybody")
    @Refuses({INVALID_ID, CONVERSATION_NOT_FOUND, NOT_A_MEMBER})
    @GetMapping
    ConversationView conversation(@PathVariable String conversation, @AuthenticationPrincipal Jwt token) {
        FindConversation.Details details = queries.ask(
                new FindConversation(AuthenticatedUser.of(token).user(), new ConversationId(conversation)),
                FindConversation.Details.class);
        SealedTextReader.Text title = unsealer.title(details.conversation(), details.title());
        return new ConversationView(
                details.conversation(),
                details.kind(),
                title.value(),
                title.erased(),
                details.members().stream()
                        .map(member -> new ConversationView.MemberView(member.user(), member.role()))
                        .toList(),
                details.joinable(),
                details.history(),
                details.head());
    }

    @Operation(
            summary = "List the pinned messages, newest pin first",
            description = "At most 100 are pinned at a time. Their texts are read as entries, with `at`.")
    @Refuses({INVALID_ID, CONVERSATION_NOT_FOUND, NOT_A_MEMBER})
    @GetMapping("/pins")
    PinsView pins(@PathVariable String conversation, @AuthenticationPrincipal Jwt token) {
        FindPins.Pins pins = queries.ask(
                new FindPins(AuthenticatedUser.of(token).user(), new ConversationId(conversation)),
                FindPins.Pins.class);
        return new PinsView(pins.pins().stream()
                .map(pin -> new PinsView.Pin(pin.target(), pin.position(), pin.by(), pin.at()))
                .toList());
    }

    @Operation(
            summary = "Read entries by ascending position; the newest ones if no position is given",
            description = "At most one of `after`, `before`, `around` and `at` says where to read. With `at`, neither"
                    + " `limit` nor `minPosition` counts.")
    @Refuses({INVALID_ID, INVALID_PARAMETER, CONVERSATION_NOT_FOUND, NOT_A_MEMBER})
    @GetMapping("/entries")
    EntriesView entries(
            @PathVariable String conversation,
            @Parameter(description = "Entries after this position") @RequestParam(required = false) @Nullable
                    Long after,
            @Parameter(description = "Entries before this position") @RequestParam(required = false) @Nullable
                    Long before,
            @Parameter(description = "The entry at this position and entries on both sides of it")
                    @RequestParam(required = false)
                    @Nullable
                    Long around,
            @Parameter(
                            description = "Exactly the entries at these positions, up to 100 separated by commas; those"
                                    + " that the caller may not see are left out")
                    @RequestParam(required = false)
                    @Nullable
                    List<Long> at,
            @Parameter(description = "1 to 200") @RequestParam(defaultValue = "50") int limit,
            @Parameter(description = "Waits up to a second until this position, such as that of an ack, can be read")
                    @RequestParam(required = false)
                    @Nullable
                    Long minPosition,
            @AuthenticationPrincipal Jwt token) {
        RequestParameters.within(1, limit, MOST_ENTRIES);
        RequestParameters.atLeast(0, after);
        RequestParameters.atLeast(1, before);
        RequestParameters.atLeast(1, around);
        RequestParameters.atLeast(0, minPosition);
        RequestParameters.require(
                Stream.of(after, before, around, at).filter(Objects::nonNull).count() <= 1);
        UserId user = AuthenticatedUser.of(token).user();
        ConversationId id = new ConversationId(conversation);
        Entries entries = queries.ask(
                at == null ? new FindEntries(user, id, after, before, around, limit, minPosition) : named(user, id, at),
                Entries.class);
        return new EntriesView(entries.entries().stream().map(renderer::render).toList(), entries.head());
    }

    private static FindEntries.At named(UserId user, ConversationId conversation, List<Long> positions) {
        RequestParameters.within(1, positions.size(), MOST_POSITIONS);
        // Nothing between two commas is null.
        RequestParameters.require(positions.stream().allMatch(position -> position != null && position >= 1));
        return new FindEntries.At(user, conversation, positions);
    }
}
