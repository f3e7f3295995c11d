package chat.parley.api.account;

import java.util.Set;

/** What somebody has decided about others: whom they have blocked, their settings, and whether they are there at all. */
public record Privacy(Set<UserId> blocked, Settings settings, AccountStatus status) {
    public static final Privacy DEFAULT = new Privacy(Set.of(), Settings.DEFAULT, AccountStatus.ACTIVE);

    public Privacy {
        blocked = Set.copyOf(blocked);
    }

    public boolean blocks(UserId user) {
        return blocked.contains(user);
    }
}
