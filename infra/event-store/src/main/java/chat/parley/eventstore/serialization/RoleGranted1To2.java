package chat.parley.eventstore.serialization;

import chat.parley.api.account.AccountEvent.RoleGranted;
import java.util.function.UnaryOperator;

/** Revision 2 adds {@code reason}, which is absent in older grants. */
public final class RoleGranted1To2 extends RevisionUpcaster<byte[]> {
    public RoleGranted1To2() {
        super(RoleGranted.class, 1, byte[].class, UnaryOperator.identity());
    }
}
