package chat.parley.push.presence;

import chat.parley.api.account.DeviceId;
import chat.parley.api.account.UserId;

/** The name of a device among all devices: a device id is unique for its user only. */
public record ConnectedDevice(UserId user, DeviceId id) {}
