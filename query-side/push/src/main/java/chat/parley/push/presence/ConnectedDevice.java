package chat.parley.push.presence;

import chat.parley.api.account.DeviceId;
import chat.parley.api.account.UserId;

/** A device with its user, because a device id is unique only for its user. */
public record ConnectedDevice(UserId user, DeviceId id) {}
