package chat.parley.eventstore.serialization;

import chat.parley.api.account.AccountEvent.SettingsChanged;
import chat.parley.api.account.Settings.GroupAdditions;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.upcasting.event.IntermediateEventRepresentation;
import org.axonframework.serialization.upcasting.event.SingleEventUpcaster;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Revision 2 adds {@code groupAdditions}, which is {@code EVERYBODY} for older events. */
public final class SettingsChanged1To2 extends SingleEventUpcaster {
    private static final SimpleSerializedType BEFORE =
            new SimpleSerializedType(StoredEventTypes.nameOf(SettingsChanged.class), "1");
    private static final SimpleSerializedType AFTER =
            new SimpleSerializedType(StoredEventTypes.nameOf(SettingsChanged.class), "2");

    @Override
    protected boolean canUpcast(IntermediateEventRepresentation event) {
        return event.getType().equals(BEFORE);
    }

    @Override
    protected IntermediateEventRepresentation doUpcast(IntermediateEventRepresentation event) {
        return event.upcastPayload(AFTER, JsonNode.class, SettingsChanged1To2::said);
    }

    private static JsonNode said(JsonNode event) {
        if (event.get("settings") instanceof ObjectNode settings) {
            settings.put("groupAdditions", GroupAdditions.EVERYBODY.name());
        }
        return event;
    }
}
