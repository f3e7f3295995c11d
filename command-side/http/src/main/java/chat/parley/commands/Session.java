package chat.parley.commands;

import chat.parley.api.DeviceId;
import chat.parley.api.SessionId;
import chat.parley.api.UserId;

/**
 * One login of one device.
 *
 * @param generation access tokens of an earlier one are not taken any more
 */
record Session(SessionId id, UserId user, DeviceId device, long generation) {}
