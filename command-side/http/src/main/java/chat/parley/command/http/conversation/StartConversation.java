package chat.parley.command.http.conversation;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ClientConversationId;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The body of {@code POST /conversations}. The field {@code kind} selects the type. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = StartConversation.Direct.class, name = "direct"),
    @JsonSubTypes.Type(value = StartConversation.Group.class, name = "group")
})
sealed interface StartConversation {
    /** @param with {@code me}, or the caller's own id, for notes to oneself */
    record Direct(@NotNull UserId with) implements StartConversation {}

    /**
     * @param history {@code since-joined} (default) or {@code all}
     * @param clientConversationId the client's name for the group; a repeated request with the same name and content
     *     gets the group that was started then
     */
    record Group(
            @NotNull String title,
            @NotNull List<@NotNull UserId> members,
            @Nullable Boolean joinable,
            @Nullable String history,
            @Nullable ClientConversationId clientConversationId)
            implements StartConversation {
        @Override
        public String toString() {
            return "Group[members=" + members + "]";
        }
    }
}
