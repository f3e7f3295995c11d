package chat.parley.notifications.registration;

import chat.parley.api.account.DeviceId;
import chat.parley.api.account.UserId;
import chat.parley.notifications.address.PushAddress;

/** A device registered for notifications. */
public record RegisteredDevice(UserId user, DeviceId id, PushAddress address) {}
