package chat.parley.push;

import chat.parley.api.DeviceId;
import chat.parley.api.UserId;

/** A device, named among all of them. */
record Device(UserId user, DeviceId id) {}
