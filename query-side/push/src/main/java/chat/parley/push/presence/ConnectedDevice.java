package chat.parley.push.presence;

import chat.parley.api.account.DeviceId;
import chat.parley.api.account.UserId;

/** A device, named among all of them. */
public record ConnectedDevice(UserId user, DeviceId id) {}
