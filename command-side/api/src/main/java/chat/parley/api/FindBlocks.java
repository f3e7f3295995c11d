package chat.parley.api;

import java.util.List;

/** Answers {@link Blocks}: whom the user has blocked. */
public record FindBlocks(UserId user) {
    public record Blocks(List<UserId> users) {}

    /** Answers a {@link Boolean}: whether either has blocked the other. */
    public record Between(UserId one, UserId other) {}
}
