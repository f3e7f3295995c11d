package chat.parley.query.http.account;

import static chat.parley.api.Refusal.CONVERSATION_NOT_FOUND;
import static chat.parley.api.Refusal.INVALID_ID;
import static chat.parley.api.Refusal.NOT_A_MEMBER;

import chat.parley.api.Refuses;
import chat.parley.api.account.UserId;
import chat.parley.api.contact.BlockPolicy;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.FindConversation;
import chat.parley.api.port.LiveActivity;
import chat.parley.api.presence.FindPresence;
import chat.parley.api.presence.FindPresence.UserPresence;
import chat.parley.api.presence.PresenceStatus;
import chat.parley.eventprocessing.query.QueryClient;
import chat.parley.web.token.AuthenticatedUser;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Presence")
@RestController
@RequestMapping("/api/v1")
public final class PresenceController {
    private static final long WHAT_THERE_IS = -1;

    private final QueryClient queries;
    private final ObjectProvider<LiveActivity> activity;
    private final BlockPolicy blocks;

    public PresenceController(QueryClient queries, ObjectProvider<LiveActivity> activity, BlockPolicy blocks) {
        this.queries = queries;
        this.activity = activity;
        this.blocks = blocks;
    }

    @Operation(
            summary = "Read the presence of a user",
            description = "With a block in either direction the user is answered as never present.")
    @Refuses(INVALID_ID)
    @GetMapping("/users/{id}/presence")
    PresenceView presence(
            @Parameter(description = "A user id, or `me`") @PathVariable String id,
            @AuthenticationPrincipal Jwt token) {
        return presences(
                        AuthenticatedUser.of(token).user(),
                        List.of(AuthenticatedUser.of(token).named(id)))
                .getFirst();
    }

    @Operation(summary = "Read the presence of all members of a conversation")
    @Refuses({INVALID_ID, CONVERSATION_NOT_FOUND, NOT_A_MEMBER})
    @GetMapping("/conversations/{conversation}/presence")
    PresenceView.Members members(@PathVariable String conversation, @AuthenticationPrincipal Jwt token) {
        UserId caller = AuthenticatedUser.of(token).user();
        FindConversation.Details details = queries.ask(
                new FindConversation(caller, new ConversationId(conversation)), FindConversation.Details.class);
        return new PresenceView.Members(presences(
                caller,
                details.members().stream().map(FindConversation.Member::user).toList()));
    }

    private List<PresenceView> presences(UserId caller, List<UserId> users) {
        Set<UserId> hidden = blocks.hidden(users, caller);
        return queries.ask(new FindPresence(users, WHAT_THERE_IS), FindPresence.Presences.class).users().stream()
                .map(presence -> hidden.contains(presence.user()) ? UserPresence.none(presence.user()) : presence)
                .map(this::view)
                .toList();
    }

    private PresenceView view(UserPresence presence) {
        return new PresenceView(presence.user(), presence.status(), lastActive(presence));
    }

    /** A user who is online may have been active since the stored time. */
    private @Nullable Instant lastActive(UserPresence presence) {
        LiveActivity live = presence.status() == PresenceStatus.OFFLINE ? null : activity.getIfAvailable();
        Instant now = live == null ? null : live.lastActive(presence.user()).orElse(null);
        Instant stored = presence.lastActive();
        return now == null || (stored != null && stored.isAfter(now)) ? stored : now;
    }
}
