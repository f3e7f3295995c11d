package chat.parley.push;

import chat.parley.api.DeviceId;
import chat.parley.api.SessionId;
import chat.parley.api.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who a token says is there.
 *
 * @param device none in a token of a foreign issuer, which knows no devices
 */
record Identity(UserId user, SessionId login, @Nullable DeviceId device, Instant issuedAt, Instant expiresAt) {}
