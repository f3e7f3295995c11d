package chat.parley.api.inbox;

import java.util.List;

/**
 * Every conversation that a user is or was in.
 *
 * @param index everything up to this global index is included
 */
public record Memberships(long index, List<Membership> memberships) {}
