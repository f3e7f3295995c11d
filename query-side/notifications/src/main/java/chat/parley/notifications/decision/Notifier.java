package chat.parley.notifications.decision;

import chat.parley.api.account.AccountEvent.AccountDeactivated;
import chat.parley.api.account.AccountEvent.AccountDeleted;
import chat.parley.api.account.AccountEvent.DeviceRemoved;
import chat.parley.api.account.AccountEvent.SessionEnded;
import chat.parley.api.conversation.ConversationEvent.MessageRetracted;
import chat.parley.api.conversation.ConversationEvent.MessageSent;
import chat.parley.api.inbox.ReadMarkEvent.ReadMarkMoved;
import chat.parley.eventprocessing.batch.EventSelection;
import chat.parley.eventprocessing.batch.RecordedEvent;
import chat.parley.notifications.registration.Registrations;
import java.util.Set;

/** Passes events on to deliveries and registrations. Everything that may take time happens elsewhere. */
public final class Notifier {
    private static final Set<Class<?>> HANDLED = Set.of(
            MessageSent.class,
            MessageRetracted.class,
            ReadMarkMoved.class,
            SessionEnded.class,
            DeviceRemoved.class,
            AccountDeactivated.class,
            AccountDeleted.class);

    static final EventSelection SELECTION = HANDLED::contains;

    private final NotificationDispatcher deliveries;
    private final Registrations registrations;

    public Notifier(NotificationDispatcher deliveries, Registrations registrations) {
        this.deliveries = deliveries;
        this.registrations = registrations;
    }

    /** Handles one event. */
    void handle(RecordedEvent event) {
        switch (event.payload()) {
            case MessageSent sent -> deliveries.sent(NotifiableMessage.of(event.index(), event.position(), sent));
            case MessageRetracted retracted -> deliveries.retracted(retracted.conversation(), retracted.target());
            case ReadMarkMoved moved -> deliveries.read(moved.user(), moved.conversation(), moved.position());
            case SessionEnded ended -> registrations.sessionEnded(ended.session());
            case DeviceRemoved removed -> registrations.deviceRemoved(removed.user(), removed.device(), removed.at());
            case AccountDeactivated closed -> registrations.accountClosed(closed.user(), closed.at());
            case AccountDeleted closed -> registrations.accountClosed(closed.user(), closed.at());
            default ->
                throw new IllegalArgumentException(
                        "The notifier does not handle " + event.payload().getClass());
        }
    }
}
