package chat.parley.api;

/** Answers {@link FindUser.Profiles}: accounts whose username starts with this, case-folded, at most {@code limit}. */
public record FindPeople(String usernamePrefix, int limit) {}
