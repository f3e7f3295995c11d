package chat.parley.api.inbox;

import chat.parley.api.Refusal;
import chat.parley.api.account.UserId;

/**
 * Answers {@link Memberships} as soon as the read model includes everything up to {@code atLeastIndex}. Refused with
 * {@link Refusal#RETRY_LATER} if that takes longer than {@code parley.read-side.max-wait}.
 */
public record FindMemberships(UserId user, long atLeastIndex) {}
