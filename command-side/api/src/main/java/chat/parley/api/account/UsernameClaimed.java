package chat.parley.api.account;

import java.time.Instant;
import org.axonframework.serialization.Revision;

/** A username belongs to a user from now on. */
@Revision("1")
public record UsernameClaimed(UsernameClaimId claim, UserId user, Instant at) {}
