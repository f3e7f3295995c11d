package chat.parley.notifications.decision;

import chat.parley.api.account.AccountEvent.AccountDeactivated;
import chat.parley.api.account.AccountEvent.AccountDeleted;
import chat.parley.api.account.AccountEvent.DeviceRemoved;
import chat.parley.api.account.AccountEvent.SessionEnded;
import chat.parley.api.conversation.ConversationEvent.MessageRetracted;
import chat.parley.api.conversation.ConversationEvent.MessageSent;
import chat.parley.api.inbox.ReadMarkEvent.ReadMarkMoved;
import chat.parley.notifications.registration.Registrations;
import java.util.Set;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandlerInvoker;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackedEventMessage;

/** What the event stream says to notifications. Everything that may take time happens elsewhere. */
public final class Notifier implements EventHandlerInvoker {
    private static final Set<Class<?>> HEARD = Set.of(
            MessageSent.class,
            MessageRetracted.class,
            ReadMarkMoved.class,
            SessionEnded.class,
            DeviceRemoved.class,
            AccountDeactivated.class,
            AccountDeleted.class);

    private final Deliveries deliveries;
    private final Registrations registrations;

    public Notifier(Deliveries deliveries, Registrations registrations) {
        this.deliveries = deliveries;
        this.registrations = registrations;
    }

    @Override
    public boolean canHandle(EventMessage<?> event, Segment segment) {
        return event instanceof DomainEventMessage<?> && HEARD.contains(event.getPayloadType());
    }

    /** Every type, so that no source stops sending the others: the token must advance over them too. */
    @Override
    public boolean canHandleType(Class<?> payloadType) {
        return true;
    }

    @Override
    public void handle(EventMessage<?> event, Segment segment) {
        long position = ((DomainEventMessage<?>) event).getSequenceNumber() + 1;
        long index = ((TrackedEventMessage<?>) event).trackingToken().position().orElseThrow();
        switch (event.getPayload()) {
            case MessageSent sent -> deliveries.sent(NotifiableMessage.of(index, position, sent));
            case MessageRetracted retracted -> deliveries.retracted(retracted.conversation(), retracted.target());
            case ReadMarkMoved moved -> deliveries.read(moved.user(), moved.conversation(), moved.position());
            case SessionEnded ended -> registrations.sessionEnded(ended.session());
            case DeviceRemoved removed -> registrations.deviceRemoved(removed.user(), removed.device(), removed.at());
            case AccountDeactivated closed -> registrations.accountClosed(closed.user(), closed.at());
            case AccountDeleted closed -> registrations.accountClosed(closed.user(), closed.at());
            default -> throw new IllegalArgumentException("Not heard: " + event.getPayloadType());
        }
    }

    @Override
    public boolean supportsReset() {
        return false;
    }
}
