package chat.parley.domain;

import chat.parley.api.account.ClaimUsername;
import chat.parley.api.account.UserId;
import chat.parley.api.account.UsernameClaimId;
import chat.parley.api.account.UsernameClaimed;
import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import java.time.Clock;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/**
 * One username, held by the user who claimed it first. It is an aggregate, so that the event store enforces uniqueness.
 */
@AggregateRoot
@JsonAutoDetect(
        fieldVisibility = Visibility.ANY,
        getterVisibility = Visibility.NONE,
        isGetterVisibility = Visibility.NONE)
public class UsernameClaim {
    @AggregateIdentifier
    @SuppressWarnings("UnusedVariable") // Axon reads it.
    private @Nullable UsernameClaimId id;

    private @Nullable UserId holder;

    UsernameClaim() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    UserId handle(ClaimUsername command, Clock clock) {
        if (holder != null) {
            return holder;
        }
        AggregateLifecycle.apply(new UsernameClaimed(command.claim(), command.user(), EventTime.now(clock)));
        return command.user();
    }

    @EventSourcingHandler
    void on(UsernameClaimed event) {
        id = event.claim();
        holder = event.user();
    }
}
