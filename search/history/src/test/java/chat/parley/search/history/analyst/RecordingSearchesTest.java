package chat.parley.search.history.analyst;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.axonframework.messaging.annotation.MultiParameterResolverFactory.ordered;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.UserId;
import chat.parley.api.port.TextProtection;
import chat.parley.api.search.HistorySearched;
import chat.parley.api.search.RecordSearch;
import chat.parley.api.search.SearchLogId;
import chat.parley.api.search.SearchUse;
import chat.parley.domain.SearchLog;
import chat.parley.testing.FakeTextProtection;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.axonframework.commandhandling.AsynchronousCommandBus;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.messaging.MessageHandler;
import org.axonframework.messaging.annotation.ClasspathParameterResolverFactory;
import org.axonframework.messaging.annotation.ParameterResolverFactory;
import org.axonframework.messaging.annotation.SimpleResourceParameterResolverFactory;
import org.axonframework.modelling.command.AggregateAnnotationCommandHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecordingSearchesTest {
    private static final UserId ANN = new UserId("ann");
    private static final SearchLogId LOG = new SearchLogId(ANN);
    private static final int AT_ONCE = 64;

    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final CommandBus bus =
            AsynchronousCommandBus.builder().executor(executor).build();
    private final EmbeddedEventStore store = EmbeddedEventStore.builder()
            .storageEngine(new InMemoryEventStorageEngine())
            .build();
    private final TextProtection protection = new FakeTextProtection();
    private final EventSearchAuditLog journal = journal(Duration.ofSeconds(30));

    private EventSearchAuditLog journal(Duration timeout) {
        return new EventSearchAuditLog(
                DefaultCommandGateway.builder().commandBus(bus).build(), timeout);
    }

    @AfterEach
    void stop() {
        executor.shutdownNow();
        store.shutDown();
    }

    private void handleAsInProduction() {
        ParameterResolverFactory parameters = ordered(
                ClasspathParameterResolverFactory.forClass(SearchLog.class),
                new SimpleResourceParameterResolverFactory(List.of(Clock.systemUTC(), protection)));
        AggregateAnnotationCommandHandler.<SearchLog>builder()
                .aggregateType(SearchLog.class)
                .parameterResolverFactory(parameters)
                .repository(EventSourcingRepository.builder(SearchLog.class)
                        .parameterResolverFactory(parameters)
                        .eventStore(store)
                        .build())
                .build()
                .subscribe(bus);
    }

    private void handle(MessageHandler<CommandMessage<?>> handler) {
        bus.subscribe(RecordSearch.class.getName(), handler);
    }

    private List<? extends DomainEventMessage<?>> events() {
        return store.readEvents(LOG.toString()).asStream().toList();
    }

    private static void assertNothingMayBeShown(ThrowingCallable recording) {
        assertThatThrownBy(recording)
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.refusal()).isEqualTo(Refusal.RETRY_LATER))
                .hasMessageNotContaining("tea");
    }

    @Test
    void isDurableBeforeAnythingIsShown() {
        handleAsInProduction();
        journal.record(ANN, SearchUse.EXPORT, "tea", "case 18", 42);
        assertThat(events()).singleElement().satisfies(event -> {
            HistorySearched searched = (HistorySearched) event.getPayload();
            assertThat(searched.use()).isEqualTo(SearchUse.EXPORT);
            assertThat(searched.hits()).isEqualTo(42);
            assertThat(protection.reveal(searched.query(), TextProtection.searchContext(ANN, searched.at())))
                    .contains("tea");
        });
    }

    @Test
    void manySearchesOfOneAnalystAtOnceAreAllRecorded() throws Exception {
        handleAsInProduction();
        CountDownLatch together = new CountDownLatch(1);
        List<Future<?>> searches = IntStream.range(0, AT_ONCE)
                .<Future<?>>mapToObj(search -> executor.submit(() -> {
                    together.await();
                    journal.record(ANN, SearchUse.SEARCH, "tea", "case 18", search);
                    return null;
                }))
                .toList();
        together.countDown();
        for (Future<?> search : searches) {
            search.get();
        }
        assertThat(events())
                .extracting(event -> ((HistorySearched) event.getPayload()).hits())
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, AT_ONCE).asLongStream().boxed().toList());
    }

    @Test
    void whoeverWasInTheWayIsWaitedFor() {
        AtomicInteger attempts = new AtomicInteger();
        handle(command -> {
            if (attempts.incrementAndGet() < 3) {
                throw new Refused(Refusal.RETRY_LATER);
            }
            return null;
        });
        journal.record(ANN, SearchUse.SEARCH, "tea", "case 18", 42);
        assertThat(attempts).hasValue(3);
    }

    @Test
    void aFailureOfTheStoreMeansThatNothingMayBeShown() {
        handle(command -> {
            throw new IllegalStateException("The store is gone");
        });
        assertNothingMayBeShown(() -> journal.record(ANN, SearchUse.SEARCH, "tea", "case 18", 42));
    }

    @Test
    void soDoesAnOutcomeThatIsNotKnown() {
        handle(command -> {
            throw new Refused(Refusal.OUTCOME_UNKNOWN);
        });
        assertNothingMayBeShown(() -> journal.record(ANN, SearchUse.SEARCH, "tea", "case 18", 42));
    }

    @Test
    void soDoesOneThatDoesNotCome() {
        handle(command -> {
            new CountDownLatch(1).await();
            return null;
        });
        assertNothingMayBeShown(
                () -> journal(Duration.ofMillis(50)).record(ANN, SearchUse.SEARCH, "tea", "case 18", 42));
    }

    @Test
    void soDoesAServerWithoutTheHandler() {
        assertNothingMayBeShown(() -> journal.record(ANN, SearchUse.SEARCH, "tea", "case 18", 42));
    }
}
