package chat.parley.api.inbox;

import chat.parley.api.Refusal;
import chat.parley.api.account.UserId;

/**
 * Answers {@link Memberships}, once the read model includes everything up to {@code atLeastIndex}; refused with
 * {@link Refusal#RETRY_LATER} when that takes longer than {@code parley.read-side.max-wait}.
 */
public record FindMemberships(UserId user, long atLeastIndex) {}
