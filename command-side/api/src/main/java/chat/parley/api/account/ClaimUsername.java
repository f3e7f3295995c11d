package chat.parley.api.account;

import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Answers the {@link UserId} that holds the name: the sender's, or that of the user who claimed it earlier. */
public record ClaimUsername(@TargetAggregateIdentifier UsernameClaimId claim, UserId user) {}
