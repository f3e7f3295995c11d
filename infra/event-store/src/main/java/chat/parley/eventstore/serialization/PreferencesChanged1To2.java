package chat.parley.eventstore.serialization;

import chat.parley.api.inbox.ReadMarkEvent.PreferencesChanged;
import tools.jackson.databind.node.ObjectNode;

/** Revision 2 adds {@code markedUnread}, which is false for older events. */
public final class PreferencesChanged1To2 extends RevisionUpcaster<ObjectNode> {
    public PreferencesChanged1To2() {
        super(PreferencesChanged.class, 1, ObjectNode.class, payload -> payload.put("markedUnread", false));
    }
}
