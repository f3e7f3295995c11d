package chat.parley.command.http.conversation;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.Refuses;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.inbox.Preferences;
import chat.parley.api.inbox.ReadMarkCommand.ChangePreferences;
import chat.parley.api.inbox.ReadMarkCommand.MoveReadMark;
import chat.parley.api.inbox.ReadMarkId;
import chat.parley.dispatch.CommandDispatcher;
import chat.parley.web.token.AuthenticatedUser;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** A user's own state of a conversation: preferences and read mark. */
@RestController
@RequestMapping("/api/v1")
final class InboxController {
    private final CommandDispatcher commands;
    private final MembershipCheck memberships;

    public InboxController(CommandDispatcher commands, MembershipCheck memberships) {
        this.commands = commands;
        this.memberships = memberships;
    }

    /** An absent field keeps its value. */
    record PreferencesChange(
            @Nullable Boolean muted,
            @Nullable Boolean pinned,
            @Nullable Boolean markedUnread) {}

    record PreferencesView(ConversationId conversation, boolean muted, boolean pinned, boolean markedUnread) {}

    record ReadMark(@NotNull @Positive Long position) {}

    @Operation(
            summary = "Mute, pin or mark a conversation",
            description = "Changes the caller's preferences for a conversation and answers them. An absent field keeps"
                    + " its value; at least one is required. Needs a membership, present or past.")
    @PatchMapping("/inbox/{conversation}")
    @Refuses({Refusal.INVALID_ID, Refusal.CONVERSATION_NOT_FOUND, Refusal.OUTCOME_UNKNOWN})
    PreferencesView change(
            @PathVariable ConversationId conversation,
            @RequestBody PreferencesChange change,
            @AuthenticationPrincipal Jwt caller) {
        if (change.muted() == null && change.pinned() == null && change.markedUnread() == null) {
            throw new Refused(Refusal.INVALID_PARAMETER);
        }
        UserId me = AuthenticatedUser.of(caller).user();
        memberships.require(me, conversation);
        Preferences now = commands.send(
                new ChangePreferences(
                        new ReadMarkId(conversation, me), change.muted(), change.pinned(), change.markedUnread()),
                Preferences.class);
        return new PreferencesView(conversation, now.muted(), now.pinned(), now.markedUnread());
    }

    @Operation(
            summary = "Move the caller's read mark",
            description = "The read mark only moves forward. The position must be one that the user may see.")
    @PutMapping("/conversations/{conversation}/read")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Refuses({Refusal.INVALID_ID, Refusal.CONVERSATION_NOT_FOUND, Refusal.POSITION_NOT_FOUND, Refusal.OUTCOME_UNKNOWN})
    void read(
            @PathVariable ConversationId conversation,
            @Valid @RequestBody ReadMark mark,
            @AuthenticationPrincipal Jwt caller) {
        UserId me = AuthenticatedUser.of(caller).user();
        memberships.requireVisible(me, conversation, mark.position());
        commands.send(new MoveReadMark(new ReadMarkId(conversation, me), mark.position()));
    }
}
