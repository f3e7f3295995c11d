package chat.parley.api.inbox;

import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * Commands to a user's private state in one conversation. The sender has checked that the user may see the
 * conversation.
 */
public sealed interface ReadMarkCommand {
    ReadMarkId id();

    /**
     * Moves the read mark forward. A lower position leaves it in place and succeeds. Any position clears {@code
     * markedUnread}.
     */
    record MoveReadMark(@TargetAggregateIdentifier ReadMarkId id, long position) implements ReadMarkCommand {}

    /** Changes the fields that are not null. Answers all {@link Preferences}. */
    record ChangePreferences(
            @TargetAggregateIdentifier ReadMarkId id,
            @Nullable Boolean muted,
            @Nullable Boolean pinned,
            @Nullable Boolean markedUnread)
            implements ReadMarkCommand {}
}
