package chat.parley.api.account;

import java.time.Instant;
import org.axonframework.serialization.Revision;

/** A user holds this username from now on, permanently. */
@Revision("1")
public record UsernameClaimed(UsernameClaimId claim, UserId user, Instant at) {}
