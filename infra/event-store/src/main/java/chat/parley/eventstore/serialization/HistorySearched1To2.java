package chat.parley.eventstore.serialization;

import chat.parley.api.search.HistorySearched;
import java.util.function.Function;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.upcasting.event.IntermediateEventRepresentation;
import org.axonframework.serialization.upcasting.event.SingleEventUpcaster;

/** Revision 2 adds {@code reason}, which is absent in older searches. */
public final class HistorySearched1To2 extends SingleEventUpcaster {
    private static final SimpleSerializedType BEFORE =
            new SimpleSerializedType(StoredEventTypes.nameOf(HistorySearched.class), "1");
    private static final SimpleSerializedType AFTER =
            new SimpleSerializedType(StoredEventTypes.nameOf(HistorySearched.class), "2");

    @Override
    protected boolean canUpcast(IntermediateEventRepresentation event) {
        return event.getType().equals(BEFORE);
    }

    @Override
    protected IntermediateEventRepresentation doUpcast(IntermediateEventRepresentation event) {
        return event.upcastPayload(AFTER, byte[].class, Function.identity());
    }
}
