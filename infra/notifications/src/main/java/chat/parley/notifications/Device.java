package chat.parley.notifications;

import chat.parley.api.DeviceId;
import chat.parley.api.UserId;

/** A device that can be notified. */
record Device(UserId user, DeviceId id, PushAddress address) {}
