package chat.parley.command.http;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.Refusal;
import chat.parley.testing.HttpAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Several tabs with one refresh token, lost answers and stolen copies, in any order. */
class RefreshingTwiceTest extends ServerTest {
    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final int STEPS = 25;

    static IntStream seeds() {
        return IntStream.range(0, 30);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void getsTheSameAnswerWithinTheGraceAndEndsTheSessionAfterIt(int seed) {
        Random random = new Random(seed);
        List<String> tokens = new ArrayList<>(List.of(somebody().refreshToken()));
        Instant replaced = Instant.EPOCH;
        boolean open = true;
        for (int step = 0; step < STEPS; step++) {
            clock.advance(Duration.ofSeconds(random.nextInt(20)));
            // Mostly the newest token or the one before it, rarely an older one.
            int age = Math.min(tokens.size() - 1, random.nextInt(20) == 0 ? 2 : random.nextInt(2));
            String used = tokens.get(tokens.size() - 1 - age);
            boolean inTime = clock.instant().isBefore(replaced.plus(GRACE));
            List<HttpAnswer> answers = atOnce(1 + random.nextInt(3), used);
            if (open && (age == 0 || (age == 1 && inTime))) {
                String next = answers.getFirst().is(200).text("refreshToken");
                assertThat(answers)
                        .allSatisfy(answer ->
                                assertThat(answer.is(200).text("refreshToken")).isEqualTo(next))
                        .allSatisfy(answer -> delete(answer.text("accessToken"), "/users/me/blocks/nobody")
                                .is(204));
                if (age == 0) {
                    assertThat(tokens).doesNotContain(next);
                    tokens.add(next);
                    replaced = clock.instant();
                } else {
                    assertThat(next).isEqualTo(tokens.getLast());
                }
            } else {
                open = false;
                answers.forEach(answer -> answer.isRefused(Refusal.TOKEN_INVALID));
            }
        }
    }

    private List<HttpAnswer> atOnce(int requests, String token) {
        List<CompletableFuture<HttpAnswer>> sent = IntStream.range(0, requests)
                .mapToObj(_ -> CompletableFuture.supplyAsync(() -> refresh(token), Thread::startVirtualThread))
                .toList();
        return sent.stream().map(CompletableFuture::join).toList();
    }
}
