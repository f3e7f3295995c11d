package chat.parley.query.http.conversation;

import static chat.parley.api.Refusal.CURSOR_INVALID;
import static chat.parley.api.Refusal.INVALID_PARAMETER;

import chat.parley.api.Refuses;
import chat.parley.api.conversation.RecordedEntry;
import chat.parley.api.inbox.FindInbox;
import chat.parley.eventprocessing.query.QueryClient;
import chat.parley.web.RequestParameters;
import chat.parley.web.token.AuthenticatedUser;
import chat.parley.wire.EntryRenderer;
import chat.parley.wire.SealedTextReader;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Inbox")
@RestController
@RequestMapping("/api/v1/inbox")
public final class InboxController {
    private static final int MOST_CONVERSATIONS = 200;

    private final QueryClient queries;
    private final SealedTextReader unsealer;
    private final EntryRenderer renderer;

    public InboxController(QueryClient queries, SealedTextReader unsealer, EntryRenderer renderer) {
        this.queries = queries;
        this.unsealer = unsealer;
        this.renderer = renderer;
    }

    @Operation(
            summary = "List the caller's conversations, pinned first, then by newest message",
            description = "`last` is the newest message that the user may see, with the text of its newest edit, or"
                    + " without text if it was retracted. The order is that of the newest message; a"
                    + " conversation without one since the user joined is ordered by the time of joining.")
    @Refuses({INVALID_PARAMETER, CURSOR_INVALID})
    @GetMapping
    InboxView inbox(
            @Parameter(description = "1 to 200") @RequestParam(defaultValue = "50") int limit,
            @Parameter(description = "The `next` of the previous page") @RequestParam(required = false) @Nullable
                    String next,
            @AuthenticationPrincipal Jwt token) {
        RequestParameters.within(1, limit, MOST_CONVERSATIONS);
        FindInbox.Inbox inbox =
                queries.ask(new FindInbox(AuthenticatedUser.of(token).user(), next, limit), FindInbox.Inbox.class);
        return new InboxView(inbox.conversations().stream().map(this::view).toList(), inbox.next());
    }

    private InboxView.Item view(FindInbox.Item item) {
        SealedTextReader.Text title = unsealer.title(item.conversation(), item.title());
        RecordedEntry last = item.last();
        return new InboxView.Item(
                item.conversation(),
                item.kind(),
                title.value(),
                title.erased(),
                item.with(),
                item.head(),
                last == null ? null : renderer.render(last),
                item.unread(),
                item.mentions(),
                item.readPosition(),
                item.muted(),
                item.pinned(),
                item.markedUnread());
    }
}
