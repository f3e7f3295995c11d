package chat.parley.api.account;

/** Asks for a user's {@link Settings}; the default ones where they have decided nothing. */
public record FindSettings(UserId user) {}
