package chat.parley.load.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.parley.load.client.RestClient;
import chat.parley.load.testing.FakeServer;
import chat.parley.load.testing.Fault;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class ReplayRunTest {
    private static final int PEOPLE = 14;
    private static final int PLACES = 7;
    private static final int LINES = 150;
    private static final int BLOCKS = 4;

    @Test
    void passesOnAnHonestServer() throws Exception {
        ReplayReport report = replay(FakeServer.Settings.HONEST, 0);

        assertThat(report.findings()).isEmpty();
        assertThat(report.passed()).isTrue();
        assertThat(report.counts()).containsEntry("acked", report.counts().get("messages"));
        assertThat(report.counts().get("received"))
                .isGreaterThan(report.counts().get("messages"));
        assertThat(report.plan().madeRoom() + report.plan().madeRoomAwhile()).isPositive();
        assertThat(report.latencyMillis())
                .hasEntrySatisfying(
                        "sendToDeliver", latency -> assertThat(latency.count()).isPositive());
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {
                "LOSE_IN_A_BACKLOG",
                "DOUBLE_IN_A_BACKLOG",
                "IGNORE_HEARTBEATS",
                "MISCOUNT_UNREAD",
                "FIND_WHAT_WAS_NOT_ASKED_FOR",
                "LOSE_FROM_THE_INDEX"
            })
    void detects(Fault fault) throws Exception {
        ReplayReport report =
                replay(FakeServer.Settings.HONEST.with(fault), settings(0, 32, true, Duration.ofSeconds(2)));

        assertThat(report.passed()).isFalse();
        assertThat(report.findings())
                .containsKey(fault.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    @Test
    void passesIfConnectionsBreakAtRandom() throws Exception {
        ReplayReport report = replay(FakeServer.Settings.HONEST, 500);

        assertThat(report.findings()).isEmpty();
        assertThat(report.counts().get("chaosCuts")).isPositive();
        assertThat(report.counts().get("resumed")).isPositive();
    }

    @Test
    void passesIfAnswersGetLostAndMessagesAreRefusedTemporarily() throws Exception {
        ReplayReport report = replay(new FakeServer.Settings(null, PLACES + 1, 900, 7, 0), 0);

        assertThat(report.findings()).isEmpty();
        assertThat(report.counts().get("sentAgain")).isPositive();
        assertThat(report.counts().get("restRetries")).isPositive();
    }

    @Test
    void sendsTemporarilyRefusedMessagesAgain() throws Exception {
        ReplayReport report = replay(new FakeServer.Settings(null, PLACES + 1, 900, 0, 9), settings(0, 1, true));

        assertThat(report.findings()).isEmpty();
        assertThat(report.errorCodes()).containsKey("retry-later");
    }

    @Test
    void keepsEachSendersOrderIfSendersDoNotWaitForEachOther() throws Exception {
        ReplayReport report = replay(FakeServer.Settings.HONEST, settings(0, 32, false));

        assertThat(report.findings()).isEmpty();
    }

    @Test
    void continuesAfterRestartsOfTheServer() throws Exception {
        try (FakeServer server = new FakeServer(FakeServer.Settings.HONEST)) {
            List<ReplayPlan> plans = plans();
            long messages = plans.stream().mapToLong(ReplayPlan::messages).sum();
            CompletableFuture<ReplayReport> running = CompletableFuture.supplyAsync(() -> {
                try {
                    return replay(server, plans, settings(0, 32, true));
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            for (int quarter = 1; quarter <= 3; quarter++) {
                long saidBefore = messages * quarter / 4;
                await().atMost(Duration.ofSeconds(60)).until(() -> server.said() >= saidBefore || running.isDone());
                server.crashAndRestart();
            }

            ReplayReport report = running.get();
            assertThat(report.findings()).isEmpty();
            assertThat(report.counts().get("resumed")).isPositive();
        }
    }

    @Test
    void givesUpOnAServerThatStaysAway() throws Exception {
        FakeServer server = new FakeServer(FakeServer.Settings.HONEST);
        List<ReplayPlan> plans = plans();
        CompletableFuture<ReplayReport> running = CompletableFuture.supplyAsync(() -> {
            try {
                return replay(server, plans, settings(0, 32, true, Duration.ofMillis(300)));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        await().atMost(Duration.ofSeconds(60)).until(() -> server.said() > 10);
        server.close();

        await().atMost(Duration.ofSeconds(60)).until(running::isDone);
        assertThat(running).isCompletedExceptionally();
    }

    private static ReplayReport replay(FakeServer.Settings server, double chaosRate) throws InterruptedException {
        return replay(server, settings(chaosRate, 32, true));
    }

    private static ReplayReport replay(FakeServer.Settings server, ReplaySettings settings)
            throws InterruptedException {
        try (FakeServer running = new FakeServer(server)) {
            return replay(running, plans(), settings);
        }
    }

    private static ReplayReport replay(FakeServer server, List<ReplayPlan> plans, ReplaySettings settings)
            throws InterruptedException {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        ReplayReport report = new ReplayRun(plans, settings, out)
                .play(metrics ->
                        new RestClient(server.url(), settings.restConcurrency(), settings.patience(), metrics));
        report.print(out);
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains(report.passed() ? "PASSED" : "FAILED");
        return report;
    }

    private static ReplaySettings settings(double chaosRate, int window, boolean ordered) {
        return settings(chaosRate, window, ordered, Duration.ofSeconds(60));
    }

    private static ReplaySettings settings(double chaosRate, int window, boolean ordered, Duration patience) {
        return new ReplaySettings("rtest", PLACES + 1, window, BLOCKS, ordered, chaosRate, 1, patience, 8, 1);
    }

    /** Blocks in which people join, send bursts, are mentioned, are renamed and leave. */
    private static List<ReplayPlan> plans() {
        Random random = new Random(5);
        List<IrcLog.Block> blocks = new ArrayList<>();
        for (int b = 0; b < BLOCKS; b++) {
            List<IrcLog.Line> lines = new ArrayList<>();
            lines.add(IrcLog.parse("=== nick0 has left #ubuntu []"));
            for (int i = 0; i < LINES; i++) {
                String nick = "nick" + random.nextInt(PEOPLE);
                String line = switch (random.nextInt(10)) {
                    case 0 -> "=== " + nick + " has joined #ubuntu";
                    case 1 -> "=== " + nick + " has left #ubuntu []";
                    case 2 -> "=== " + nick + " is now known as nick" + random.nextInt(PEOPLE);
                    case 3 -> "[10:00]  * " + nick + " waves";
                    default -> "[10:00] <" + nick + "> nick" + random.nextInt(PEOPLE) + ": 안녕 " + i;
                };
                for (int burst = random.nextInt(4); burst >= 0; burst--) {
                    lines.add(IrcLog.parse(line));
                }
            }
            blocks.add(new IrcLog.Block("block " + b, lines));
        }
        Set<String> people = ReplayPlanner.speakers(blocks);
        return blocks.stream()
                .map(block -> ReplayPlanner.plan(block, PLACES, people, Integer.MAX_VALUE))
                .toList();
    }
}
