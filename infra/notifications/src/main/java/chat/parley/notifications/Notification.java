package chat.parley.notifications;

import chat.parley.api.FindInbox;
import chat.parley.api.Settings;

/** One message for one device; its text is not in here, but found and unsealed when it is sent. */
record Notification(Device device, Message message, FindInbox.Item place, Settings settings) {
    Marks.Place mark() {
        return new Marks.Place(device.user(), device.id(), message.conversation());
    }
}
