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
import chat.parley.identity.security.Caller;
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

/** Messages without a socket. Everything answers with the entry it made; what changes nothing, with the one that did. */
@RestController
@RequestMapping("/api/v1/conversations/{conversation}/messages")
public final class MessagesController {
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

    /** @param mentions instead of those it has; none where absent */
    record NewText(@NotNull String text, @Nullable List<@NotNull UserId> mentions) {
        @Override
        public String toString() {
            return "NewText[]";
        }
    }

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
        UserId me = Caller.user(caller);
        Draft draft =
                new Draft(me, message.clientMessageId(), message.text(), message.replyTo(), orNone(message.mentions()));
        return EntryView.of(conversation, commands.send(conversation, draft));
    }

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
        UserId me = Caller.user(caller);
        return change(new EditMessage(conversation, me, position, text.text(), orNone(text.mentions())));
    }

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
        return change(new RetractMessage(conversation, Caller.user(caller), position));
    }

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
        UserId me = Caller.user(caller);
        return change(new ChangeReaction(conversation, me, position, emoji, true));
    }

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
        return change(new ChangeReaction(conversation, Caller.user(caller), position, emoji, false));
    }

    private static List<UserId> orNone(@Nullable List<UserId> mentions) {
        return mentions == null ? List.of() : mentions;
    }

    private EntryView change(ConversationCommand command) {
        return EntryView.of(command.conversation(), commands.send(command, EntryAck.class));
    }
}
