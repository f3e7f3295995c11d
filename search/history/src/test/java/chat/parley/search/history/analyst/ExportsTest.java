package chat.parley.search.history.analyst;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.UserId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ExportsTest {
    private static final UserId ANN = new UserId("ann");
    private static final UserId BEN = new UserId("ben");
    private static final Duration LONG = Duration.ofSeconds(30);

    private Instant now = Instant.parse("2026-11-21T09:00:00Z");
    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
    private final Exports exports = new Exports(clock, new AnalystProperties(LONG, 100, 2, 3, Duration.ofHours(1)));

    private static void assertRefused(Refusal refusal, ThrowingCallable request) {
        assertThatThrownBy(request)
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.refusal()).isEqualTo(refusal));
    }

    private Export ended(UserId owner) {
        Export export = exports.begin(owner);
        export.end(Export.State.CANCELLED);
        return export;
    }

    @Test
    void theRunningExportsOfAUserAreLimited() {
        Export first = exports.begin(ANN);
        exports.begin(ANN);
        assertRefused(Refusal.LIMIT_EXCEEDED, () -> exports.begin(ANN));
        exports.begin(BEN);
        first.end(Export.State.FAILED);
        exports.begin(ANN);
    }

    @Test
    void theOldestEndedExportIsRemovedForANewOne() {
        Export running = exports.begin(ANN);
        Export oldest = ended(ANN);
        Export newest = ended(ANN);
        exports.begin(ANN);
        assertThat(exports.of(ANN, running.id())).isSameAs(running);
        assertThat(exports.of(ANN, newest.id())).isSameAs(newest);
        assertRefused(Refusal.EXPORT_NOT_FOUND, () -> exports.of(ANN, oldest.id()));
    }

    @Test
    void anEndedExportIsRememberedForItsTime() {
        Export running = exports.begin(ANN);
        Export ended = ended(ANN);
        now = now.plus(Duration.ofMinutes(59));
        assertThat(exports.of(ANN, ended.id())).isSameAs(ended);
        now = now.plus(Duration.ofMinutes(2));
        assertRefused(Refusal.EXPORT_NOT_FOUND, () -> exports.of(ANN, ended.id()));
        assertThat(exports.of(ANN, running.id())).isSameAs(running);
    }

    @Test
    void theRateIsAveragedOverTheRunningTime() {
        Export export = exports.begin(ANN);
        export.found(100);
        now = now.plusSeconds(2);
        export.finish(90);
        now = now.plusSeconds(2);
        assertThat(export.progress())
                .isEqualTo(new Export.Progress(export.id(), Export.State.FINISHED, 100, 100, 90, 50));
    }

    @Test
    void aFollowerGetsEachChange() throws Exception {
        Export export = exports.begin(ANN);
        export.found(100);
        CompletableFuture<Export.Progress> next = new CompletableFuture<>();
        Export.Progress known = export.progress();
        Thread.ofVirtual().start(() -> {
            try {
                next.complete(export.progressAfter(known, LONG));
            } catch (InterruptedException e) {
                next.completeExceptionally(e);
            }
        });
        export.advance(60, 59);
        assertThat(next.get(LONG.toSeconds(), TimeUnit.SECONDS).done()).isEqualTo(60);
        export.finish(40);
        assertThat(export.progressAfter(known, LONG).state()).isEqualTo(Export.State.FINISHED);
    }

    @Test
    void aFollowerGetsTheSameStateWithoutAChange() throws Exception {
        Export export = exports.begin(ANN);
        assertThat(export.progressAfter(export.progress(), Duration.ofMillis(2)))
                .isEqualTo(export.progress());
    }
}
