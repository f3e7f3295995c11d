package chat.parley.command.http.conversation;

import chat.parley.api.Refusal;
import chat.parley.api.Refuses;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ClientMessageId;
import chat.parley.api.conversation.ConversationCommand;
import chat.parley.api.conversation.ConversationCommand.ChangeReaction;
import chat.parley.api.conversation.ConversationCommand.Draft;
import chat.parley.api.conversation.ConversationCommand.EditMessage;
import chat.parley.api.conversation.ConversationCommand.RetractMessage;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.EntryAck;
import chat.parley.dispatch.CommandDispatcher;
import chat.parley.web.token.AuthenticatedUser;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Messages over REST. Each change answers the entry it stored. A change without effect answers the entry that had made
 * it before.
 */
@RestController
@RequestMapping("/api/v1/conversations/{conversation}/messages")
final class MessagesController {
    private final CommandDispatcher commands;

    MessagesController(CommandDispatcher commands) {
        this.commands = commands;
    }

    record NewMessage(
            @NotNull ClientMessageId clientMessageId,
            @NotNull String text,
            @Nullable Long replyTo,
            @Nullable List<@NotNull UserId> mentions) {
        @Override
        public String toString() {
            return "NewMessage[clientMessageId=" + clientMessageId + "]";
        }
    }

    /** @param mentions replaces the mentions of the message; absent means none */
    record NewText(@NotNull String text, @Nullable List<@NotNull UserId> mentions) {
        @Override
        public String toString() {
            return "NewText[]";
        }
    }

    @Operation(
            summary = "Send a message",
            description = "Answers the position of the message. Needs a membership. A repeated request with the"
                    + " same `clientMessageId` and content gets the first answer again; with other content it"
                    + " is refused. A text has at most 100,000 characters.")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Refuses({
        Refusal.INVALID_ID,
        Refusal.CONVERSATION_NOT_FOUND,
        Refusal.NOT_A_MEMBER,
        Refusal.BLOCKED,
        Refusal.USER_UNAVAILABLE,
        Refusal.MESSAGE_EMPTY,
        Refusal.MESSAGE_TOO_LONG,
        Refusal.TEXT_INVALID,
        Refusal.CLIENT_MESSAGE_ID_REUSED,
        Refusal.MENTIONS_INVALID,
        Refusal.POSITION_NOT_FOUND,
        Refusal.OUTCOME_UNKNOWN
    })
    EntryView send(
            @PathVariable ConversationId conversation,
            @Valid @RequestBody NewMessage message,
            @AuthenticationPrincipal Jwt caller) {
        UserId me = AuthenticatedUser.of(caller).user();
        Draft draft =
                new Draft(me, message.clientMessageId(), message.text(), message.replyTo(), orNone(message.mentions()));
        return EntryView.of(conversation, commands.send(conversation, draft));
    }

    @Operation(
            summary = "Edit a message",
            description = "Replaces the text and the mentions, and answers the entry of the edit. Needs a"
                    + " membership and a message by the caller.")
    @PutMapping("/{position}")
    @Refuses({
        Refusal.INVALID_ID,
        Refusal.CONVERSATION_NOT_FOUND,
        Refusal.NOT_A_MEMBER,
        Refusal.BLOCKED,
        Refusal.MESSAGE_EMPTY,
        Refusal.MESSAGE_TOO_LONG,
        Refusal.TEXT_INVALID,
        Refusal.MENTIONS_INVALID,
        Refusal.POSITION_NOT_FOUND,
        Refusal.NOT_A_MESSAGE,
        Refusal.NOT_YOUR_MESSAGE,
        Refusal.MESSAGE_RETRACTED,
        Refusal.OUTCOME_UNKNOWN
    })
    EntryView edit(
            @PathVariable ConversationId conversation,
            @PathVariable long position,
            @Valid @RequestBody NewText text,
            @AuthenticationPrincipal Jwt caller) {
        UserId me = AuthenticatedUser.of(caller).user();
        return change(new EditMessage(conversation, me, position, text.text(), orNone(text.mentions())));
    }

    @Operation(
            summary = "Retract a message",
            description = "Answers the entry of the retraction. Needs a membership, and a message by the caller or,"
                    + " in a group, to be its `admin`. Repeating it answers the first retraction.")
    @DeleteMapping("/{position}")
    @Refuses({
        Refusal.INVALID_ID,
        Refusal.INVALID_PARAMETER,
        Refusal.CONVERSATION_NOT_FOUND,
        Refusal.NOT_A_MEMBER,
        Refusal.POSITION_NOT_FOUND,
        Refusal.NOT_A_MESSAGE,
        Refusal.NOT_YOUR_MESSAGE,
        Refusal.OUTCOME_UNKNOWN
    })
    EntryView retract(
            @PathVariable ConversationId conversation,
            @PathVariable long position,
            @AuthenticationPrincipal Jwt caller) {
        return change(
                new RetractMessage(conversation, AuthenticatedUser.of(caller).user(), position));
    }

    @Operation(
            summary = "Add a reaction",
            description =
                    "Answers the entry of the reaction. Needs a membership. Repeating it answers the first" + " entry.")
    @PutMapping("/{position}/reactions/{emoji}")
    @Refuses({
        Refusal.INVALID_ID,
        Refusal.INVALID_PARAMETER,
        Refusal.CONVERSATION_NOT_FOUND,
        Refusal.NOT_A_MEMBER,
        Refusal.BLOCKED,
        Refusal.EMOJI_INVALID,
        Refusal.POSITION_NOT_FOUND,
        Refusal.NOT_A_MESSAGE,
        Refusal.MESSAGE_RETRACTED,
        Refusal.OUTCOME_UNKNOWN
    })
    EntryView react(
            @PathVariable ConversationId conversation,
            @PathVariable long position,
            @PathVariable String emoji,
            @AuthenticationPrincipal Jwt caller) {
        UserId me = AuthenticatedUser.of(caller).user();
        return change(new ChangeReaction(conversation, me, position, emoji, true));
    }

    @Operation(summary = "Remove a reaction", description = "Answers the entry of the removal. Needs a membership.")
    @DeleteMapping("/{position}/reactions/{emoji}")
    @Refuses({
        Refusal.INVALID_ID,
        Refusal.INVALID_PARAMETER,
        Refusal.CONVERSATION_NOT_FOUND,
        Refusal.NOT_A_MEMBER,
        Refusal.EMOJI_INVALID,
        Refusal.POSITION_NOT_FOUND,
        Refusal.NOT_A_MESSAGE,
        Refusal.MESSAGE_RETRACTED,
        Refusal.OUTCOME_UNKNOWN
    })
    EntryView takeBack(
            @PathVariable ConversationId conversation,
            @PathVariable long position,
            @PathVariable String emoji,
            @AuthenticationPrincipal Jwt caller) {
        return change(
                new ChangeReaction(conversation, AuthenticatedUser.of(caller).user(), position, emoji, false));
    }

    private static List<UserId> orNone(@Nullable List<UserId> mentions) {
        return mentions == null ? List.of() : mentions;
    }

    private EntryView change(ConversationCommand command) {
        return EntryView.of(command.conversation(), commands.send(command, EntryAck.class));
    }
}
