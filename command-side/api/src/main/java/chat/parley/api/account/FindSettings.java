package chat.parley.api.account;

/** Answers the user's {@link Settings}, or {@link Settings#DEFAULT} if the user has changed none. */
public record FindSettings(UserId user) {}
