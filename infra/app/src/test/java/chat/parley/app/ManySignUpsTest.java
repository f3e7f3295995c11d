package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ManySignUpsTest {
    private static final int PEOPLE = 200;

    private final ParleyServer server = ParleyServer.shared();

    /** Regression: under many simultaneous sign-ups, two readers of one stream once missed events. */
    @Test
    void everyUserOfManyConcurrentSignUpsIsFound() {
        try (var rush = Executors.newFixedThreadPool(16)) {
            List<CompletableFuture<TestUser>> signingUp = IntStream.range(0, PEOPLE)
                    .mapToObj(i -> CompletableFuture.supplyAsync(server::newPerson, rush))
                    .toList();
            List<TestUser> people =
                    signingUp.stream().map(CompletableFuture::join).toList();
            TestUser last = people.getLast();
            assertThat(people)
                    .allSatisfy(person -> last.rest.get("/users/" + person.id).expect(200));
        }
    }
}
