package chat.parley.api;

import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** What may be asked of a user's private view of a conversation; the edge has checked that they can see it. */
public sealed interface ReadMarkCommand {
    ReadMarkId id();

    /** Moves forward only: a position already passed changes nothing and is no error. */
    record MoveReadMark(@TargetAggregateIdentifier ReadMarkId id, long position) implements ReadMarkCommand {}

    record ChangePreferences(@TargetAggregateIdentifier ReadMarkId id, boolean muted, boolean pinned)
            implements ReadMarkCommand {}
}
