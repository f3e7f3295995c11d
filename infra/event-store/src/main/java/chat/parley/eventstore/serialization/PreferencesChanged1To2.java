package chat.parley.eventstore.serialization;

import chat.parley.api.inbox.ReadMarkEvent.PreferencesChanged;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.upcasting.event.IntermediateEventRepresentation;
import org.axonframework.serialization.upcasting.event.SingleEventUpcaster;
import tools.jackson.databind.node.ObjectNode;

/** Revision 2 adds {@code markedUnread}, which is false for older events. */
public final class PreferencesChanged1To2 extends SingleEventUpcaster {
    private static final SimpleSerializedType BEFORE =
            new SimpleSerializedType(StoredEventTypes.nameOf(PreferencesChanged.class), "1");
    private static final SimpleSerializedType AFTER =
            new SimpleSerializedType(StoredEventTypes.nameOf(PreferencesChanged.class), "2");

    @Override
    protected boolean canUpcast(IntermediateEventRepresentation event) {
        return event.getType().equals(BEFORE);
    }

    @Override
    protected IntermediateEventRepresentation doUpcast(IntermediateEventRepresentation event) {
        return event.upcastPayload(AFTER, ObjectNode.class, payload -> payload.put("markedUnread", false));
    }
}
