package chat.parley.eventprocessing.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parley.eventprocessing.token.SegmentClaims;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.eventhandling.EventHandlerInvoker;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericTrackedDomainEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.tokenstore.inmemory.InMemoryTokenStore;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BatchWritingTokenStoreTest {
    private static final String PROCESSOR = "processor";

    private final InMemoryTokenStore tokens = new InMemoryTokenStore();
    private final List<String> happened = new ArrayList<>();
    private final BatchWritingTokenStore store =
            new BatchWritingTokenStore(tokens, SegmentClaims.NONE, () -> happened.add("committed"));

    @BeforeEach
    void begin() {
        tokens.initializeTokenSegments(PROCESSOR, 1);
    }

    @Test
    void writesTheCollectedEventsOnceAndBeforeTheToken() throws Exception {
        EventHandlerInvoker invoker = batches(batch -> {
            assertThat(tokens.fetchToken(PROCESSOR, 0)).isNull();
            happened.add("written " + batch.size());
        });
        UnitOfWork<?> unitOfWork = DefaultUnitOfWork.startAndGet(event(0));
        invoker.handle(event(0), Segment.ROOT_SEGMENT);
        invoker.handle(event(1), Segment.ROOT_SEGMENT);
        store.storeToken(new GlobalSequenceTrackingToken(1), PROCESSOR, 0);
        store.storeToken(new GlobalSequenceTrackingToken(1), PROCESSOR, 0);
        assertThat(happened).containsExactly("written 2");
        unitOfWork.commit();
        assertThat(happened).contains("committed");
        assertThat(tokens.fetchToken(PROCESSOR, 0)).isEqualTo(new GlobalSequenceTrackingToken(1));
    }

    @Test
    void storesNoTokenOfABatchThatCannotBeWritten() throws Exception {
        EventHandlerInvoker invoker = batches(batch -> {
            throw EventProcessingFailure.hole(batch.getFirst(), 7);
        });
        UnitOfWork<?> unitOfWork = DefaultUnitOfWork.startAndGet(event(0));
        invoker.handle(event(0), Segment.ROOT_SEGMENT);
        assertThatThrownBy(() -> store.storeToken(new GlobalSequenceTrackingToken(0), PROCESSOR, 0))
                .isInstanceOf(EventProcessingFailure.class)
                .hasMessageContaining("aggregate");
        unitOfWork.rollback();
        assertThat(tokens.fetchToken(PROCESSOR, 0)).isNull();
    }

    @Test
    void writesNothingIfNoEventWasSelected() {
        EventHandlerInvoker nothing = RecordedEventInvoker.batches(type -> false, batch -> happened.add("written"));
        assertThat(nothing.canHandle(event(0), Segment.ROOT_SEGMENT)).isFalse();
        assertThat(nothing.canHandleType(String.class)).isTrue();
        store.storeToken(new GlobalSequenceTrackingToken(0), PROCESSOR, 0);
        assertThat(happened).isEmpty();
    }

    private static EventHandlerInvoker batches(BatchWriter writer) {
        return RecordedEventInvoker.batches(type -> true, writer);
    }

    private static GenericTrackedDomainEventMessage<String> event(long index) {
        return new GenericTrackedDomainEventMessage<>(
                new GlobalSequenceTrackingToken(index),
                new GenericDomainEventMessage<>("type", "aggregate", index, "payload"));
    }
}
