package chat.parley.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.parley.api.account.AccountCommand.AskPrivacy;
import chat.parley.api.account.AccountEvent.UserBlocked;
import chat.parley.api.account.AccountPrivacy;
import chat.parley.api.account.UserId;
import chat.parley.api.port.EventFeed;
import chat.parley.eventprocessing.feed.FeedFollower;
import chat.parley.testing.FakeKeyedHash;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AccountChangesTest {
    private static final UserId ANN = new UserId("ann");
    private static final UserId BOB = new UserId("bob");

    private final AtomicInteger asked = new AtomicInteger();
    private final BlockingQueue<EventFeed.Item> events = new LinkedBlockingQueue<>();

    @Test
    void ofOtherNodesEndWhatIsRememberedOfAnAccount() {
        SimpleCommandBus bus = SimpleCommandBus.builder().build();
        var _ = bus.subscribe(AskPrivacy.class.getName(), _ -> {
            asked.incrementAndGet();
            return AccountPrivacy.DEFAULT;
        });
        QueriedRelations relations = new QueriedRelations(
                new CommandBusClient(
                        DefaultCommandGateway.builder().commandBus(bus).build()),
                new FakeKeyedHash(),
                true);
        FeedFollower follower = AccountChanges.follower(new Feed(), relations);
        follower.start();
        try {
            for (int i = 0; i < 3; i++) {
                relations.privacyOf(ANN).join();
            }
            assertThat(asked).hasValue(1);
            events.add(new Blocked());
            await().atMost(Duration.ofSeconds(20)).until(() -> {
                relations.privacyOf(ANN).join();
                return asked.get() == 2;
            });
        } finally {
            follower.stop();
        }
    }

    private final class Feed implements EventFeed {
        @Override
        public long head() {
            return -1;
        }

        @Override
        public Follower follow(long afterIndex) {
            return new Follower() {
                @Override
                public @Nullable Item next(Duration atMost) throws InterruptedException {
                    return events.poll(atMost.toMillis(), TimeUnit.MILLISECONDS);
                }

                @Override
                public boolean hasNext() {
                    return !events.isEmpty();
                }

                @Override
                public void close() {}
            };
        }
    }

    private record Blocked() implements EventFeed.Item {
        @Override
        public long index() {
            return 0;
        }

        @Override
        public String aggregate() {
            return ANN.value();
        }

        @Override
        public long position() {
            return 1;
        }

        @Override
        public Class<?> type() {
            return UserBlocked.class;
        }

        @Override
        public Object payload() {
            return new UserBlocked(ANN, BOB, storedAt());
        }

        @Override
        public Instant storedAt() {
            return Instant.EPOCH;
        }
    }
}
