package chat.parley.command.http.conversation;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.Refuses;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationCommand.AddMember;
import chat.parley.api.conversation.ConversationCommand.ChangeJoinability;
import chat.parley.api.conversation.ConversationCommand.ChangeMemberRole;
import chat.parley.api.conversation.ConversationCommand.JoinGroup;
import chat.parley.api.conversation.ConversationCommand.RemoveMember;
import chat.parley.api.conversation.ConversationCommand.RenameGroup;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.EntryAck;
import chat.parley.api.conversation.MemberRole;
import chat.parley.dispatch.CommandDispatcher;
import chat.parley.identity.profile.Profiles;
import chat.parley.web.RequestParameters;
import chat.parley.web.token.AuthenticatedUser;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Conversations and their members. */
@RestController
@RequestMapping("/api/v1/conversations")
final class ConversationsController {
    private final ConversationStarter starter;
    private final CommandDispatcher commands;
    private final Profiles profiles;
    private final AdditionLimiter additions;

    ConversationsController(
            ConversationStarter starter, CommandDispatcher commands, Profiles profiles, AdditionLimiter additions) {
        this.starter = starter;
        this.commands = commands;
        this.profiles = profiles;
        this.additions = additions;
    }

    record GroupChange(@Nullable String title, @Nullable Boolean joinable) {
        @Override
        public String toString() {
            return "GroupChange[joinable=" + joinable + "]";
        }
    }

    /** @param role {@code owner}, {@code admin} or {@code member} */
    record MembershipChange(@Nullable String role) {}

    @Operation(
            summary = "Start a conversation",
            description =
                    "201; 200 for a direct conversation that existed already, whichever of the two started it, and for"
                            + " a group that was started before with the same clientConversationId and content. A direct"
                            + " conversation with `me`, or the caller's own id, is for notes to oneself.")
    @PostMapping
    @Refuses({
        Refusal.INVALID_ID,
        Refusal.USER_NOT_FOUND,
        Refusal.USER_UNAVAILABLE,
        Refusal.BLOCKED,
        Refusal.ADDITION_REFUSED,
        Refusal.TITLE_INVALID,
        Refusal.GROUP_FULL,
        Refusal.OUTCOME_UNKNOWN
    })
    ResponseEntity<StartedConversation> start(
            @Valid @RequestBody StartConversation asked, @AuthenticationPrincipal Jwt caller) {
        ConversationStarter.Outcome outcome =
                starter.start(AuthenticatedUser.of(caller).user(), asked);
        return ResponseEntity.status(outcome.created() ? HttpStatus.CREATED : HttpStatus.OK)
                .body(outcome.conversation());
    }

    @Operation(
            summary = "Rename a group, or open or close it to joining",
            description = "Answers the newest of the new entries.")
    @PatchMapping("/{conversation}")
    @Refuses({
        Refusal.INVALID_ID,
        Refusal.CONVERSATION_NOT_FOUND,
        Refusal.NOT_A_MEMBER,
        Refusal.NOT_A_GROUP,
        Refusal.ROLE_REQUIRED,
        Refusal.TITLE_INVALID,
        Refusal.OUTCOME_UNKNOWN
    })
    EntryView change(
            @PathVariable ConversationId conversation,
            @RequestBody GroupChange change,
            @AuthenticationPrincipal Jwt caller) {
        UserId me = AuthenticatedUser.of(caller).user();
        EntryAck newest = null;
        if (change.title() != null) {
            newest = commands.send(new RenameGroup(conversation, me, change.title()), EntryAck.class);
        }
        if (change.joinable() != null) {
            newest = commands.send(new ChangeJoinability(conversation, me, change.joinable()), EntryAck.class);
        }
        if (newest == null) {
            throw new Refused(Refusal.INVALID_PARAMETER);
        }
        return EntryView.of(conversation, newest);
    }

    @Operation(
            summary = "Join a group, add a member or change a member's role",
            description = "With `me` the caller joins an open group; another id adds that user. With a role in the"
                    + " body, the role of that member changes.")
    @PutMapping("/{conversation}/members/{user}")
    @Refuses({
        Refusal.INVALID_ID,
        Refusal.CONVERSATION_NOT_FOUND,
        Refusal.USER_NOT_FOUND,
        Refusal.USER_UNAVAILABLE,
        Refusal.NOT_A_MEMBER,
        Refusal.NOT_A_GROUP,
        Refusal.ROLE_REQUIRED,
        Refusal.GROUP_FULL,
        Refusal.GROUP_INVITE_ONLY,
        Refusal.ALREADY_A_MEMBER,
        Refusal.BLOCKED,
        Refusal.ADDITION_REFUSED,
        Refusal.OUTCOME_UNKNOWN
    })
    EntryView putMember(
            @PathVariable ConversationId conversation,
            @PathVariable String user,
            @RequestBody(required = false) @Nullable MembershipChange change,
            @AuthenticationPrincipal Jwt caller) {
        UserId me = AuthenticatedUser.of(caller).user();
        UserId who = AuthenticatedUser.of(caller).named(user);
        return EntryView.of(
                conversation,
                commands.send(
                        change != null && change.role() != null
                                ? new ChangeMemberRole(
                                        conversation, me, who, RequestParameters.parse(MemberRole.class, change.role()))
                                : joining(conversation, me, who),
                        EntryAck.class));
    }

    private Object joining(ConversationId conversation, UserId me, UserId who) {
        if (who.equals(me)) {
            additions.joins(conversation, me);
            return new JoinGroup(conversation, me);
        }
        profiles.requireAllActive(List.of(who));
        additions.adds(me, conversation, who);
        return new AddMember(conversation, me, who);
    }

    @Operation(summary = "Leave a group, or remove a member")
    @DeleteMapping("/{conversation}/members/{user}")
    @Refuses({
        Refusal.INVALID_ID,
        Refusal.CONVERSATION_NOT_FOUND,
        Refusal.NOT_A_MEMBER,
        Refusal.NOT_A_GROUP,
        Refusal.ROLE_REQUIRED,
        Refusal.OWNER_CANNOT_LEAVE,
        Refusal.OUTCOME_UNKNOWN
    })
    EntryView removeMember(
            @PathVariable ConversationId conversation, @PathVariable String user, @AuthenticationPrincipal Jwt caller) {
        return EntryView.of(
                conversation,
                commands.send(
                        new RemoveMember(
                                conversation,
                                AuthenticatedUser.of(caller).user(),
                                AuthenticatedUser.of(caller).named(user)),
                        EntryAck.class));
    }
}
