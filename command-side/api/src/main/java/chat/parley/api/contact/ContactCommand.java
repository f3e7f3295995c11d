package chat.parley.api.contact;

import chat.parley.api.Refusal;
import chat.parley.api.account.UserId;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Commands to the relationship of two users, whose id {@code KeyedHash.contact} gives. The REST layer has checked the
 * limits of contacts and requests. A command whose effect holds already changes nothing and succeeds.
 */
public sealed interface ContactCommand {
    ContactId contact();

    UserId by();

    UserId with();

    /**
     * Sends a request, or accepts the other's open request. Answers the {@link ContactState} of {@code with} as {@code
     * by} sees it. Refused with {@link Refusal#CONTACT_REFUSED} if the other's settings or a block forbid it, and with
     * {@link Refusal#CONTACT_REQUEST_TOO_SOON} while {@code by} has to wait after a declined or ended request.
     */
    record RequestContact(@TargetAggregateIdentifier ContactId contact, UserId by, UserId with)
            implements ContactCommand {}

    /**
     * Declines or withdraws the open request, or removes the contact. Refused with {@link Refusal#NOT_FOUND} if the two
     * never had either.
     */
    record EndContact(@TargetAggregateIdentifier ContactId contact, UserId by, UserId with) implements ContactCommand {}

    /** Answers a {@link Boolean}: whether the two users are contacts. Changes nothing. */
    record AskContact(@TargetAggregateIdentifier ContactId contact, UserId by, UserId with) implements ContactCommand {}
}
