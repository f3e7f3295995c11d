package chat.parley.eventstore.serialization;

import chat.parley.api.account.AccountEvent.RoleRevoked;
import java.util.function.Function;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.upcasting.event.IntermediateEventRepresentation;
import org.axonframework.serialization.upcasting.event.SingleEventUpcaster;

/** Revision 2 adds {@code reason}, which is absent in older revocations. */
public final class RoleRevoked1To2 extends SingleEventUpcaster {
    private static final SimpleSerializedType BEFORE =
            new SimpleSerializedType(StoredEventTypes.nameOf(RoleRevoked.class), "1");
    private static final SimpleSerializedType AFTER =
            new SimpleSerializedType(StoredEventTypes.nameOf(RoleRevoked.class), "2");

    @Override
    protected boolean canUpcast(IntermediateEventRepresentation event) {
        return event.getType().equals(BEFORE);
    }

    @Override
    protected IntermediateEventRepresentation doUpcast(IntermediateEventRepresentation event) {
        return event.upcastPayload(AFTER, byte[].class, Function.identity());
    }
}
