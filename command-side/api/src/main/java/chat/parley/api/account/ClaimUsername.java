package chat.parley.api.account;

import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Answers the {@link UserId} that holds the name: the asker's, or that of whoever claimed it first. */
public record ClaimUsername(@TargetAggregateIdentifier UsernameClaimId claim, UserId user) {}
