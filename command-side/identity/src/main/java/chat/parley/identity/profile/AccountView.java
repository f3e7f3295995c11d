package chat.parley.identity.profile;

import chat.parley.api.account.UserId;

/** An account as its owner sees it. The names of a deleted account are empty. */
public record AccountView(UserId id, String username, String displayName) {
    @Override
    public String toString() {
        return "AccountView[id=" + id + "]";
    }
}
