package chat.parley.api.account;

/**
 * Answers {@link FindUser.Profiles}: accounts that have every word of the query somewhere in their username or display
 * name, at most {@code limit}; first the one of exactly this username, then those that begin so. Without those that are
 * deactivated or deleted, and those who have blocked {@code by} or are blocked by them.
 */
public record FindPeople(UserId by, String query, int limit) {
    @Override
    public String toString() {
        return "FindPeople[by=" + by + ", limit=" + limit + "]";
    }
}
