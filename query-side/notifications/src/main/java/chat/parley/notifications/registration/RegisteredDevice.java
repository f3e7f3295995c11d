package chat.parley.notifications.registration;

import chat.parley.api.account.DeviceId;
import chat.parley.api.account.UserId;

/** A device registered for notifications. */
public record RegisteredDevice(UserId user, DeviceId id, PushAddress address) {}
