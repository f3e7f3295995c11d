package chat.parley.eventstore.serialization;

import chat.parley.api.account.AccountEvent.RoleRevoked;
import java.util.function.UnaryOperator;

/** Revision 2 adds {@code reason}, which is absent in older revocations. */
public final class RoleRevoked1To2 extends RevisionUpcaster<byte[]> {
    public RoleRevoked1To2() {
        super(RoleRevoked.class, 1, byte[].class, UnaryOperator.identity());
    }
}
