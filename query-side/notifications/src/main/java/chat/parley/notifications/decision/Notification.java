package chat.parley.notifications.decision;

import chat.parley.api.account.Settings;
import chat.parley.api.inbox.FindInbox;
import chat.parley.notifications.registration.RegisteredDevice;

/** One message for one device; its text is not in here, but found and unsealed when it is sent. */
record Notification(RegisteredDevice device, NotifiableMessage message, FindInbox.Item place, Settings settings) {
    Marks.Place mark() {
        return new Marks.Place(device.user(), device.id(), message.conversation());
    }
}
