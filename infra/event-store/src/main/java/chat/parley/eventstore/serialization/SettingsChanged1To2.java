package chat.parley.eventstore.serialization;

import chat.parley.api.account.AccountEvent.SettingsChanged;
import chat.parley.api.account.Settings.GroupAdditions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Revision 2 adds {@code groupAdditions}, which is {@code EVERYBODY} for older events. */
public final class SettingsChanged1To2 extends RevisionUpcaster<JsonNode> {
    public SettingsChanged1To2() {
        super(SettingsChanged.class, 1, JsonNode.class, SettingsChanged1To2::withGroupAdditions);
    }

    private static JsonNode withGroupAdditions(JsonNode event) {
        if (event.get("settings") instanceof ObjectNode settings) {
            settings.put("groupAdditions", GroupAdditions.EVERYBODY.name());
        }
        return event;
    }
}
