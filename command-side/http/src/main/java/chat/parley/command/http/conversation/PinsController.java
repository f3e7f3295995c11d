package chat.parley.command.http.conversation;

import chat.parley.api.Refusal;
import chat.parley.api.Refuses;
import chat.parley.api.conversation.ConversationCommand;
import chat.parley.api.conversation.ConversationCommand.PinMessage;
import chat.parley.api.conversation.ConversationCommand.UnpinMessage;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.EntryAck;
import chat.parley.dispatch.CommandDispatcher;
import chat.parley.web.token.AuthenticatedUser;
import io.swagger.v3.oas.annotations.Operation;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Pinned messages, which all members see at the top of the conversation. */
@RestController
@RequestMapping("/api/v1/conversations/{conversation}/pins/{position}")
final class PinsController {
    private final CommandDispatcher commands;

    PinsController(CommandDispatcher commands) {
        this.commands = commands;
    }

    @Operation(
            summary = "Pin a message",
            description =
                    "In a group only admins pin. At most 100 messages are pinned at a time. A retraction unpins the"
                            + " message.")
    @PutMapping
    @Refuses({
        Refusal.INVALID_ID,
        Refusal.INVALID_PARAMETER,
        Refusal.CONVERSATION_NOT_FOUND,
        Refusal.NOT_A_MEMBER,
        Refusal.ROLE_REQUIRED,
        Refusal.BLOCKED,
        Refusal.POSITION_NOT_FOUND,
        Refusal.NOT_A_MESSAGE,
        Refusal.MESSAGE_RETRACTED,
        Refusal.LIMIT_EXCEEDED,
        Refusal.OUTCOME_UNKNOWN
    })
    EntryView pin(
            @PathVariable ConversationId conversation,
            @PathVariable long position,
            @AuthenticationPrincipal Jwt caller) {
        return change(new PinMessage(conversation, AuthenticatedUser.of(caller).user(), position));
    }

    @Operation(summary = "Unpin a message")
    @DeleteMapping
    @Refuses({
        Refusal.INVALID_ID,
        Refusal.INVALID_PARAMETER,
        Refusal.CONVERSATION_NOT_FOUND,
        Refusal.NOT_A_MEMBER,
        Refusal.ROLE_REQUIRED,
        Refusal.POSITION_NOT_FOUND,
        Refusal.NOT_A_MESSAGE,
        Refusal.OUTCOME_UNKNOWN
    })
    EntryView unpin(
            @PathVariable ConversationId conversation,
            @PathVariable long position,
            @AuthenticationPrincipal Jwt caller) {
        return change(
                new UnpinMessage(conversation, AuthenticatedUser.of(caller).user(), position));
    }

    private EntryView change(ConversationCommand command) {
        return EntryView.of(command.conversation(), commands.send(command, EntryAck.class));
    }
}
