package chat.parley.domain;

import static chat.parley.domain.Preconditions.require;

import chat.parley.api.Refusal;
import chat.parley.api.inbox.Preferences;
import chat.parley.api.inbox.ReadMarkCommand.ChangePreferences;
import chat.parley.api.inbox.ReadMarkCommand.MoveReadMark;
import chat.parley.api.inbox.ReadMarkEvent;
import chat.parley.api.inbox.ReadMarkEvent.PreferencesChanged;
import chat.parley.api.inbox.ReadMarkEvent.ReadMarkMoved;
import chat.parley.api.inbox.ReadMarkId;
import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import java.time.Clock;
import java.util.Objects;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/**
 * One user's read position and preferences in one conversation. They are private, so they are not part of the
 * conversation's log.
 */
@AggregateRoot
@JsonAutoDetect(
        fieldVisibility = Visibility.ANY,
        getterVisibility = Visibility.NONE,
        isGetterVisibility = Visibility.NONE)
public class ReadMark {
    /** {@link ReadMarkId#toString()}. */
    @AggregateIdentifier
    private @Nullable String id;

    private long position;
    private boolean muted;
    private boolean pinned;
    private boolean markedUnread;

    ReadMark() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(MoveReadMark command, Clock clock) {
        require(command.position() >= 1, Refusal.INVALID_PARAMETER);
        if (command.position() > position || markedUnread) {
            ReadMarkId of = command.id();
            long furthest = Math.max(position, command.position());
            AggregateLifecycle.apply(new ReadMarkMoved(of.conversation(), of.user(), furthest, EventTime.now(clock)));
        }
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Preferences handle(ChangePreferences command, Clock clock) {
        Preferences changed = new Preferences(
                Objects.requireNonNullElse(command.muted(), muted),
                Objects.requireNonNullElse(command.pinned(), pinned),
                Objects.requireNonNullElse(command.markedUnread(), markedUnread));
        // The first change is always stored, even without effect, because an aggregate needs an event to exist.
        if (id == null || !changed.equals(new Preferences(muted, pinned, markedUnread))) {
            ReadMarkId of = command.id();
            AggregateLifecycle.apply(new PreferencesChanged(
                    of.conversation(),
                    of.user(),
                    changed.muted(),
                    changed.pinned(),
                    changed.markedUnread(),
                    EventTime.now(clock)));
        }
        return changed;
    }

    @EventSourcingHandler
    void on(ReadMarkEvent event) {
        id = new ReadMarkId(event.conversation(), event.user()).toString();
        switch (event) {
            case ReadMarkMoved e -> {
                position = e.position();
                markedUnread = false;
            }
            case PreferencesChanged e -> {
                muted = e.muted();
                pinned = e.pinned();
                markedUnread = e.markedUnread();
            }
        }
    }
}
