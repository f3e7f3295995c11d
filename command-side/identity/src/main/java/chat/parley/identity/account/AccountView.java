package chat.parley.identity.account;

import chat.parley.api.account.UserId;

/** An account as its owner sees it; the names of an erased one are empty. */
public record AccountView(UserId id, String username, String displayName) {
    @Override
    public String toString() {
        return "AccountView[id=" + id + "]";
    }
}
