package chat.parley.api.contact;

import chat.parley.api.account.UserId;
import java.util.List;

/** Answers {@link Blocks}: the users whom the user has blocked. */
public record FindBlocks(UserId user) {
    public record Blocks(List<UserId> users) {}
}
