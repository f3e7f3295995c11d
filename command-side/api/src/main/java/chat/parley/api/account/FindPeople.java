package chat.parley.api.account;

/**
 * Answers {@link FindUser.Profiles}: at most {@code limit} active accounts that have every word of the query in their
 * username or display name. An exact match of the username comes first, then names that begin with the query. Accounts
 * that block {@code by}, or that {@code by} blocks, are left out.
 */
public record FindPeople(UserId by, String query, int limit) {
    @Override
    public String toString() {
        return "FindPeople[by=" + by + ", limit=" + limit + "]";
    }
}
