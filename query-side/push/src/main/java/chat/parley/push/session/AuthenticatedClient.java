package chat.parley.push.session;

import chat.parley.api.account.DeviceId;
import chat.parley.api.account.LoginSessionId;
import chat.parley.api.account.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who a token says is there.
 *
 * @param device none in a token of a foreign issuer, which knows no devices
 */
record AuthenticatedClient(
        UserId user, LoginSessionId login, @Nullable DeviceId device, Instant issuedAt, Instant expiresAt) {}
