package chat.parley.identity.session;

import chat.parley.api.account.DeviceId;
import chat.parley.api.account.LoginSessionId;
import chat.parley.api.account.UserId;

/**
 * One login of one device.
 *
 * @param generation access tokens of an earlier generation are refused
 */
public record LoginSession(LoginSessionId id, UserId user, DeviceId device, long generation) {}
