package chat.parley.commands;

import chat.parley.api.UserId;

/** An account as its owner sees it; the names of an erased one are empty. */
record AccountView(UserId id, String username, String displayName) {
    @Override
    public String toString() {
        return "AccountView[id=" + id + "]";
    }
}
