package chat.parley.query.http.sync;

import static chat.parley.api.Refusal.CURSOR_EXPIRED;
import static chat.parley.api.Refusal.CURSOR_INVALID;
import static chat.parley.api.Refusal.INVALID_PARAMETER;
import static chat.parley.api.Refusal.LIMIT_EXCEEDED;

import chat.parley.api.Refuses;
import chat.parley.api.port.EventFeed;
import chat.parley.web.RequestParameters;
import chat.parley.web.token.AuthenticatedUser;
import chat.parley.wire.CursorCodec;
import chat.parley.wire.EntryRenderer;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;

@Tag(name = "Inbox")
@RestController
@RequestMapping("/api/v1/sync")
public final class SyncController {
    private static final int LONGEST_WAIT_SECONDS = 30;

    /** Time for the last read after the longest wait. The queries have timeouts of their own. */
    private static final Duration BEYOND_THE_WAIT = Duration.ofSeconds(30);

    private final LongPollSync synchroniser;
    private final EntryRenderer renderer;
    private final CursorCodec cursors;
    private final EventFeed feed;

    public SyncController(LongPollSync synchroniser, EntryRenderer renderer, CursorCodec cursors, EventFeed feed) {
        this.synchroniser = synchroniser;
        this.renderer = renderer;
        this.cursors = cursors;
        this.feed = feed;
    }

    @Operation(
            summary = "Read everything missed since a cursor, in all conversations of the user",
            description =
                    "Without a cursor it answers the current cursor. With `wait` it answers as soon as there is a new"
                            + " entry, or without entries after that many seconds.")
    @Refuses({INVALID_PARAMETER, CURSOR_INVALID, CURSOR_EXPIRED, LIMIT_EXCEEDED})
    @GetMapping
    DeferredResult<SyncView> sync(
            @Parameter(description = "The `cursor` of the previous answer, or one from the socket")
                    @RequestParam(required = false)
                    @Nullable
                    String cursor,
            @Parameter(description = "Seconds, 0 to 30") @RequestParam(defaultValue = "0") int wait,
            @AuthenticationPrincipal Jwt token) {
        Duration patience = Duration.ofSeconds(RequestParameters.within(0, wait, LONGEST_WAIT_SECONDS));
        DeferredResult<SyncView> result =
                new DeferredResult<>(patience.plus(BEYOND_THE_WAIT).toMillis());
        if (cursor == null) {
            result.setResult(new SyncView(List.of(), cursors.encode(feed.head()), false));
            return result;
        }
        CompletableFuture<MissedEntries> missed = synchroniser.missed(
                AuthenticatedUser.of(token).user(), cursors.decode(cursor).index(), patience);
        // Also if the client has disconnected, so that no wait outlives its request.
        result.onCompletion(() -> missed.cancel(false));
        var _ = missed.thenApply(this::view).whenComplete((view, failure) -> {
            if (failure == null) {
                result.setResult(view);
            } else {
                result.setErrorResult(failure);
            }
        });
        return result;
    }

    private SyncView view(MissedEntries missed) {
        return new SyncView(
                missed.entries().stream().map(renderer::render).toList(),
                cursors.encode(missed.index()),
                missed.more());
    }
}
