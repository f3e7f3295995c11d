package chat.parley.load.replay;

import chat.parley.load.check.DeliveryCheck;
import chat.parley.load.check.Findings;
import chat.parley.load.check.Spans;
import chat.parley.load.client.Device;
import chat.parley.load.client.Groups;
import chat.parley.load.client.History;
import chat.parley.load.client.Network;
import chat.parley.load.client.Received;
import chat.parley.load.client.Rest;
import chat.parley.load.client.Waiting;
import chat.parley.load.harness.Progress;
import chat.parley.load.metrics.Meters;
import chat.parley.load.metrics.SendStamps;
import chat.parley.load.protocol.MessageIds;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Plays plans through the public protocol, and checks from both ends what came of them. */
final class Replay {
    private static final int PASSWORD_BYTES = 18;
    private static final long LOOK_EVERY_MS = 250;

    /** Deliveries that have not come after this much silence will not come: everybody is connected by then. */
    private static final long SETTLED_AFTER_SECONDS = 30;

    private final List<BlockRun> runs;
    private final ReplaySettings settings;
    private final PrintStream out;
    private final SendStamps stamps;
    private final Meters meters;
    private final Findings findings = new Findings();

    Replay(List<BlockPlan> plans, ReplaySettings settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
        runs = new ArrayList<>();
        stamps = new SendStamps(plans.size());
        meters = new Meters(stamps);
        for (BlockPlan plan : plans) {
            stamps.open(runs.size(), plan.steps().size());
            runs.add(new BlockRun(runs.size(), plan));
        }
    }

    ReplayReport run(Rest.Factory connect) throws InterruptedException {
        try (Rest rest = connect.with(meters);
                Network network = new Network(settings.threads(), settings.patience(), meters)) {
            long started = System.nanoTime();
            Crowd crowd = assemble(rest, network);
            Groups groups = new Groups(rest, settings.patience());
            long assembled = System.nanoTime();
            play(crowd, groups);
            long played = System.nanoTime();
            Map<BlockRun, History> histories = histories(crowd, groups);
            settle(crowd, histories);
            long settled = System.nanoTime();
            crowd.disperse();
            long rightlyReceived = check(crowd, histories, groups.uncertainStarts() > 0);
            return ReplayReport.of(
                    settings,
                    runs,
                    crowd.everybody().size(),
                    histories.values().stream()
                            .mapToLong(history -> history.entries().size())
                            .sum(),
                    rightlyReceived,
                    meters,
                    findings,
                    new ReplayReport.Times(
                            seconds(assembled - started), seconds(played - assembled), seconds(settled - played)));
        }
    }

    private Crowd assemble(Rest rest, Network network) throws InterruptedException {
        Set<String> nicks = new TreeSet<>();
        runs.forEach(run -> nicks.addAll(run.plan().nicks()));
        byte[] password = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(password);
        AtomicInteger assembled = new AtomicInteger();
        try (Progress _ =
                new Progress(out, "sign-up", nicks.size(), assembled::get, () -> meters.online.get() + " online")) {
            return Crowd.assemble(
                    nicks,
                    new Usernames(settings.run()),
                    HexFormat.of().formatHex(password),
                    rest,
                    network,
                    settings.restConcurrency(),
                    assembled);
        }
    }

    private void play(Crowd crowd, Groups groups) throws InterruptedException {
        MessageIds ids = new MessageIds();
        Set<BlockRun> playing = ConcurrentHashMap.newKeySet();
        Semaphore room = new Semaphore(settings.parallelBlocks());
        long messages = runs.stream().mapToLong(run -> run.plan().messages()).sum();
        try (Progress _ = new Progress(out, "replay", messages, meters.acked::sum, this::doing);
                Chaos _ = new Chaos(playing, crowd, settings.chaosRate(), settings.seed());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> blocks = new ArrayList<>();
            for (BlockRun run : runs) {
                blocks.add(threads.submit(() -> {
                    room.acquire();
                    playing.add(run);
                    try {
                        new BlockPlayer(run, crowd, groups, ids, settings).play();
                    } finally {
                        playing.remove(run);
                        room.release();
                    }
                    return run;
                }));
            }
            for (Future<?> block : blocks) {
                Waiting.result(block);
            }
        }
    }

    private String doing() {
        return "%,d delivered, %,d online, %,d cut"
                .formatted(meters.deliveries(), meters.online.get(), meters.chaosCuts.sum());
    }

    private Map<BlockRun, History> histories(Crowd crowd, Groups groups) throws InterruptedException {
        Map<BlockRun, History> histories = new ConcurrentHashMap<>();
        try (Progress _ = new Progress(out, "history", runs.size(), histories::size, () -> "groups");
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> reading = new ArrayList<>();
            for (BlockRun run : runs) {
                String conversation = run.conversation();
                if (conversation != null) {
                    reading.add(threads.submit(() -> histories.put(
                            run, groups.history(crowd.host().account(), conversation, run.highestAcked()))));
                }
            }
            for (Future<?> one : reading) {
                Waiting.result(one);
            }
        }
        return histories;
    }

    /** Waits until everybody has the last entry that they may see, or nothing has moved for long enough. */
    private void settle(Crowd crowd, Map<BlockRun, History> histories) throws InterruptedException {
        Map<String, Map<String, Long>> lastsByUser = new ConcurrentHashMap<>();
        histories
                .values()
                .forEach(history -> Spans.of(history)
                        .lasts()
                        .forEach((user, last) -> lastsByUser
                                .computeIfAbsent(user, any -> new ConcurrentHashMap<>())
                                .put(history.conversation(), last)));
        long silentSinceNanos = System.nanoTime();
        long delivered = -1;
        AtomicLong waiting = new AtomicLong();
        try (Progress _ = new Progress(
                out,
                "settling",
                crowd.everybody().size(),
                () -> crowd.everybody().size() - waiting.get(),
                this::doing)) {
            do {
                waiting.set(behind(crowd, lastsByUser));
                long now = meters.deliveries();
                if (now != delivered) {
                    delivered = now;
                    silentSinceNanos = System.nanoTime();
                }
                Rest.pause(waiting.get() == 0 ? 0 : LOOK_EVERY_MS);
            } while (waiting.get() > 0
                    && System.nanoTime() - silentSinceNanos < TimeUnit.SECONDS.toNanos(settledAfterSeconds()));
        }
    }

    private long settledAfterSeconds() {
        return Math.min(SETTLED_AFTER_SECONDS, settings.patience().toSeconds());
    }

    private static long behind(Crowd crowd, Map<String, Map<String, Long>> lastsByUser) throws InterruptedException {
        List<CompletableFuture<Boolean>> answers = new ArrayList<>();
        for (Device device : crowd.everybody()) {
            Map<String, Long> lasts = lastsByUser.getOrDefault(device.account().user(), Map.of());
            answers.add(CompletableFuture.supplyAsync(
                    () -> lasts.entrySet().stream().anyMatch(last -> device.last(last.getKey()) < last.getValue()),
                    device.loop()));
        }
        long behind = 0;
        for (CompletableFuture<Boolean> answer : answers) {
            behind += Waiting.result(answer) ? 1 : 0;
        }
        return behind;
    }

    /** Answers how many entries reached those who should have them. */
    private long check(Crowd crowd, Map<BlockRun, History> histories, boolean groupsMayBeTwice) {
        long received = 0;
        String host = crowd.host().account().user();
        List<Device> everybody = crowd.everybody();
        Set<String> conversations = ConcurrentHashMap.newKeySet();
        for (BlockRun run : runs) {
            History history = histories.get(run);
            String failure = run.failure();
            if (failure != null) {
                findings.add(Findings.Kind.NEVER_ACKED, run.plan().name() + " was given up: " + failure);
            }
            if (history == null) {
                continue;
            }
            conversations.add(history.conversation());
            new HistoryCheck(run, crowd::user, host, settings.ordered(), findings).check(history);
            Spans spans = Spans.of(history);
            DeliveryCheck deliveries = new DeliveryCheck(history, findings);
            for (Device device : everybody) {
                Received here = device.received().get(history.conversation());
                List<Spans.Span> theirs = spans.of(device.account().user());
                if (here != null || !theirs.isEmpty()) {
                    received += deliveries.check(
                            device.account().displayName(), here == null ? new Received() : here, theirs);
                }
            }
        }
        for (Device device : everybody) {
            device.received().forEach((conversation, here) -> {
                if (!conversations.contains(conversation) && !groupsMayBeTwice) {
                    findings.add(
                            Findings.Kind.NOT_THEIRS,
                            here.size(),
                            "all of " + conversation + ", " + device.account().displayName());
                }
            });
        }
        findings.protocol(meters);
        return received;
    }

    private static double seconds(long nanos) {
        return nanos / (double) TimeUnit.SECONDS.toNanos(1);
    }
}
