package chat.parley.api.contact;

import chat.parley.api.Refusal;
import chat.parley.api.account.UserId;
import chat.parley.api.port.KeyedHash;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * What may be asked of two people's {@link KeyedHash#contact relation}; the edge has counted how many contacts and
 * requests each has. Repeating one whose effect is there already changes nothing and is no error.
 */
public sealed interface ContactCommand {
    ContactId contact();

    UserId by();

    UserId with();

    /**
     * Asks, or accepts where the other has asked. Answers the {@link ContactState} that {@code with} then has to
     * {@code by}; refused with {@link Refusal#CONTACT_REFUSED} where the other wants no request or a block stands
     * between the two, and with {@link Refusal#CONTACT_REQUEST_TOO_SOON} where asking has come to nothing lately.
     */
    record RequestContact(@TargetAggregateIdentifier ContactId contact, UserId by, UserId with)
            implements ContactCommand {}

    /** Declines, withdraws or removes: whichever there is. Refused with {@link Refusal#NOT_FOUND} where nothing ever was. */
    record EndContact(@TargetAggregateIdentifier ContactId contact, UserId by, UserId with) implements ContactCommand {}

    /** Answers a {@link Boolean}, whether the two are each other's contacts, and changes nothing. */
    record AskContact(@TargetAggregateIdentifier ContactId contact, UserId by, UserId with) implements ContactCommand {}
}
