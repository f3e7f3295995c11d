package chat.parley.notifications.decision;

import chat.parley.api.account.Settings;
import chat.parley.api.inbox.FindInbox;
import chat.parley.notifications.registration.RegisteredDevice;

/** One message for one device. Its text is read and decrypted only when it is sent. */
record Notification(RegisteredDevice device, NotifiableMessage message, FindInbox.Item place, Settings settings) {
    NotificationMarks.Place mark() {
        return new NotificationMarks.Place(device.user(), device.id(), message.conversation());
    }
}
