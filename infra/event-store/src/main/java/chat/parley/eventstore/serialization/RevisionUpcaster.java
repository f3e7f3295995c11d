package chat.parley.eventstore.serialization;

import java.util.function.UnaryOperator;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.upcasting.event.IntermediateEventRepresentation;
import org.axonframework.serialization.upcasting.event.SingleEventUpcaster;

/**
 * Turns one revision of an event into the next.
 *
 * @param <P> the form in which the payload is changed
 */
abstract class RevisionUpcaster<P> extends SingleEventUpcaster {
    private final SimpleSerializedType before;
    private final SimpleSerializedType after;
    private final Class<P> form;
    private final UnaryOperator<P> change;

    /** @param revision the older one */
    RevisionUpcaster(Class<?> event, int revision, Class<P> form, UnaryOperator<P> change) {
        String name = StoredEventTypes.nameOf(event);
        this.before = new SimpleSerializedType(name, String.valueOf(revision));
        this.after = new SimpleSerializedType(name, String.valueOf(revision + 1));
        this.form = form;
        this.change = change;
    }

    @Override
    protected final boolean canUpcast(IntermediateEventRepresentation event) {
        return event.getType().equals(before);
    }

    @Override
    protected final IntermediateEventRepresentation doUpcast(IntermediateEventRepresentation event) {
        return event.upcastPayload(after, form, change);
    }
}
