package chat.parley.api;

import java.util.Set;

/** What somebody has decided about others: whom they have blocked, and their settings. */
public record Privacy(Set<UserId> blocked, Settings settings) {
    public static final Privacy DEFAULT = new Privacy(Set.of(), Settings.DEFAULT);

    public Privacy {
        blocked = Set.copyOf(blocked);
    }

    public boolean blocks(UserId user) {
        return blocked.contains(user);
    }
}
