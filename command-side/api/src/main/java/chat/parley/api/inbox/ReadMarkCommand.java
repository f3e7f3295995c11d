package chat.parley.api.inbox;

import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** What may be asked of a user's private view of a conversation; the edge has checked that they can see it. */
public sealed interface ReadMarkCommand {
    ReadMarkId id();

    /**
     * Moves forward only: a position already passed changes nothing and is no error. Wherever it is, what was marked as
     * unread is so no more.
     */
    record MoveReadMark(@TargetAggregateIdentifier ReadMarkId id, long position) implements ReadMarkCommand {}

    /** Changes what is said and leaves what is null as it is. Answers {@link Preferences}, all of them. */
    record ChangePreferences(
            @TargetAggregateIdentifier ReadMarkId id,
            @Nullable Boolean muted,
            @Nullable Boolean pinned,
            @Nullable Boolean markedUnread)
            implements ReadMarkCommand {}
}
