package chat.parley.domain;

import static chat.parley.domain.Preconditions.require;

import chat.parley.api.Refusal;
import chat.parley.api.account.UserId;
import chat.parley.api.contact.BlockPolicy;
import chat.parley.api.contact.BlockPolicy.Interaction;
import chat.parley.api.contact.ContactCommand;
import chat.parley.api.contact.ContactCommand.AskContact;
import chat.parley.api.contact.ContactCommand.EndContact;
import chat.parley.api.contact.ContactCommand.RequestContact;
import chat.parley.api.contact.ContactEvent;
import chat.parley.api.contact.ContactEvent.ContactAccepted;
import chat.parley.api.contact.ContactEvent.ContactDeclined;
import chat.parley.api.contact.ContactEvent.ContactRemoved;
import chat.parley.api.contact.ContactEvent.ContactRequested;
import chat.parley.api.contact.ContactEvent.ContactWithdrawn;
import chat.parley.api.contact.ContactId;
import chat.parley.api.contact.ContactState;
import chat.parley.api.port.KeyedHash;
import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/**
 * The relationship of two users. It is one aggregate for both, so that of two simultaneous requests the second finds
 * the first and accepts it.
 */
@AggregateRoot
@JsonAutoDetect(
        fieldVisibility = Visibility.ANY,
        getterVisibility = Visibility.NONE,
        isGetterVisibility = Visibility.NONE)
public class Contact {
    /** How long a user whose request was declined has to wait before the next request. */
    static final Duration WAIT_AFTER_DECLINE = Duration.ofDays(7);

    /**
     * How long a user who withdrew a request or removed the contact has to wait: every request notifies the other user.
     */
    static final Duration WAIT_AFTER_ENDING = Duration.ofHours(1);

    @AggregateIdentifier
    private @Nullable ContactId id;

    private boolean together;
    private @Nullable UserId requestedBy;
    // At most one per user.
    private ArrayList<Wait> waits = new ArrayList<>();
    private long atMillis;

    private record Wait(UserId user, long untilMillis) {}

    Contact() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    ContactState handle(RequestContact command, Clock clock, KeyedHash hashes, BlockPolicy blocks) {
        requirePair(command, hashes);
        UserId by = command.by();
        if (together) {
            return ContactState.CONTACT;
        }
        Instant now = EventTime.now(clock, atMillis);
        if (command.with().equals(requestedBy)) {
            require(!blocks.isStopped(Interaction.ASK_CONTACT, by, command.with()), Refusal.CONTACT_REFUSED);
            AggregateLifecycle.apply(new ContactAccepted(command.contact(), by, command.with(), now));
            return ContactState.CONTACT;
        }
        if (requestedBy == null) {
            blocks.requireContactable(by, command.with());
            require(mayAsk(by, now), Refusal.CONTACT_REQUEST_TOO_SOON);
            AggregateLifecycle.apply(new ContactRequested(command.contact(), by, command.with(), now));
        }
        return ContactState.REQUESTED;
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(EndContact command, Clock clock, KeyedHash hashes) {
        requirePair(command, hashes);
        require(id != null, Refusal.NOT_FOUND);
        Instant now = EventTime.now(clock, atMillis);
        if (together) {
            AggregateLifecycle.apply(new ContactRemoved(command.contact(), command.by(), command.with(), now));
        } else if (command.by().equals(requestedBy)) {
            AggregateLifecycle.apply(new ContactWithdrawn(command.contact(), command.by(), command.with(), now));
        } else if (requestedBy != null) {
            AggregateLifecycle.apply(new ContactDeclined(command.contact(), command.by(), command.with(), now));
        }
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    boolean handle(AskContact command, KeyedHash hashes) {
        requirePair(command, hashes);
        require(id != null, Refusal.NOT_FOUND);
        return together;
    }

    private static void requirePair(ContactCommand command, KeyedHash hashes) {
        require(!command.by().equals(command.with()), Refusal.SELF_NOT_ALLOWED);
        require(command.contact().equals(hashes.contact(command.by(), command.with())), Refusal.INVALID_ID);
    }

    private boolean mayAsk(UserId user, Instant now) {
        return waits.stream().noneMatch(wait -> wait.user().equals(user) && now.toEpochMilli() < wait.untilMillis());
    }

    @EventSourcingHandler
    void on(ContactEvent event) {
        id = event.contact();
        atMillis = event.at().toEpochMilli();
        switch (event) {
            case ContactRequested e -> requestedBy = e.by();
            case ContactAccepted _ -> {
                together = true;
                requestedBy = null;
                waits.clear();
            }
            case ContactDeclined e -> end(e.with(), WAIT_AFTER_DECLINE);
            case ContactWithdrawn e -> end(e.by(), WAIT_AFTER_ENDING);
            case ContactRemoved e -> end(e.by(), WAIT_AFTER_ENDING);
        }
    }

    private void end(UserId waiting, Duration wait) {
        together = false;
        requestedBy = null;
        waits.removeIf(before -> before.user().equals(waiting));
        waits.add(new Wait(waiting, atMillis + wait.toMillis()));
    }
}
