package chat.parley.eventstore.serialization;

import chat.parley.api.search.HistorySearched;
import java.util.function.UnaryOperator;

/** Revision 2 adds {@code reason}, which is absent in older searches. */
public final class HistorySearched1To2 extends RevisionUpcaster<byte[]> {
    public HistorySearched1To2() {
        super(HistorySearched.class, 1, byte[].class, UnaryOperator.identity());
    }
}
