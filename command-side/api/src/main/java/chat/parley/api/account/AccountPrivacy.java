package chat.parley.api.account;

import java.util.Set;

/** An account's blocks, settings and status: all that decides whether others may contact it. */
public record AccountPrivacy(Set<UserId> blocked, Settings settings, AccountStatus status) {
    public static final AccountPrivacy DEFAULT = new AccountPrivacy(Set.of(), Settings.DEFAULT, AccountStatus.ACTIVE);

    public AccountPrivacy {
        blocked = Set.copyOf(blocked);
    }

    public boolean blocks(UserId user) {
        return blocked.contains(user);
    }
}
