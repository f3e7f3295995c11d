package chat.parley.load.replay;

import chat.parley.load.check.DeliveryCheck;
import chat.parley.load.check.MembershipIntervals;
import chat.parley.load.check.Violations;
import chat.parley.load.client.Await;
import chat.parley.load.client.ChatClient;
import chat.parley.load.client.ClientNetwork;
import chat.parley.load.client.ConversationApi;
import chat.parley.load.client.ConversationHistory;
import chat.parley.load.client.ReceivedEntries;
import chat.parley.load.client.RestClient;
import chat.parley.load.harness.ProgressBar;
import chat.parley.load.metrics.ClientMetrics;
import chat.parley.load.metrics.SendTimes;
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
final class ReplayRun {
    private static final int PASSWORD_BYTES = 18;
    private static final long LOOK_EVERY_MS = 250;

    /** Deliveries that have not come after this much silence will not come: everybody is connected by then. */
    private static final long SETTLED_AFTER_SECONDS = 30;

    private final List<GroupReplay> runs;
    private final ReplaySettings settings;
    private final PrintStream out;
    private final SendTimes stamps;
    private final ClientMetrics metrics;
    private final Violations violations = new Violations();

    ReplayRun(List<ReplayPlan> plans, ReplaySettings settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
        runs = new ArrayList<>();
        stamps = new SendTimes(plans.size());
        metrics = new ClientMetrics(stamps);
        for (ReplayPlan plan : plans) {
            stamps.open(runs.size(), plan.steps().size());
            runs.add(new GroupReplay(runs.size(), plan));
        }
    }

    ReplayReport run(RestClient.Factory connect) throws InterruptedException {
        try (RestClient rest = connect.with(metrics);
                ClientNetwork network = new ClientNetwork(settings.threads(), settings.patience(), metrics)) {
            long started = System.nanoTime();
            ReplayClients crowd = assemble(rest, network);
            ConversationApi groups = new ConversationApi(rest, settings.patience());
            long assembled = System.nanoTime();
            play(crowd, groups);
            long played = System.nanoTime();
            Map<GroupReplay, ConversationHistory> histories = histories(crowd, groups);
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
                    metrics,
                    violations,
                    new ReplayReport.Times(
                            seconds(assembled - started), seconds(played - assembled), seconds(settled - played)));
        }
    }

    private ReplayClients assemble(RestClient rest, ClientNetwork network) throws InterruptedException {
        Set<String> nicks = new TreeSet<>();
        runs.forEach(run -> nicks.addAll(run.plan().nicks()));
        byte[] password = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(password);
        AtomicInteger assembled = new AtomicInteger();
        try (ProgressBar _ =
                new ProgressBar(out, "sign-up", nicks.size(), assembled::get, () -> metrics.online.get() + " online")) {
            return ReplayClients.assemble(
                    nicks,
                    new NickUsernames(settings.run()),
                    HexFormat.of().formatHex(password),
                    rest,
                    network,
                    settings.restConcurrency(),
                    assembled);
        }
    }

    private void play(ReplayClients crowd, ConversationApi groups) throws InterruptedException {
        MessageIds ids = new MessageIds();
        Set<GroupReplay> playing = ConcurrentHashMap.newKeySet();
        Semaphore room = new Semaphore(settings.parallelBlocks());
        long messages = runs.stream().mapToLong(run -> run.plan().messages()).sum();
        try (ProgressBar _ = new ProgressBar(out, "replay", messages, metrics.acked::sum, this::doing);
                ConnectionChaos _ = new ConnectionChaos(playing, crowd, settings.chaosRate(), settings.seed());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> blocks = new ArrayList<>();
            for (GroupReplay run : runs) {
                blocks.add(threads.submit(() -> {
                    room.acquire();
                    playing.add(run);
                    try {
                        new GroupPlayer(run, crowd, groups, ids, settings).play();
                    } finally {
                        playing.remove(run);
                        room.release();
                    }
                    return run;
                }));
            }
            for (Future<?> block : blocks) {
                Await.result(block);
            }
        }
    }

    private String doing() {
        return "%,d delivered, %,d online, %,d cut"
                .formatted(metrics.deliveries(), metrics.online.get(), metrics.chaosCuts.sum());
    }

    private Map<GroupReplay, ConversationHistory> histories(ReplayClients crowd, ConversationApi groups)
            throws InterruptedException {
        Map<GroupReplay, ConversationHistory> histories = new ConcurrentHashMap<>();
        try (ProgressBar _ = new ProgressBar(out, "history", runs.size(), histories::size, () -> "groups");
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> reading = new ArrayList<>();
            for (GroupReplay run : runs) {
                String conversation = run.conversation();
                if (conversation != null) {
                    reading.add(threads.submit(() -> histories.put(
                            run, groups.history(crowd.host().account(), conversation, run.highestAcked()))));
                }
            }
            for (Future<?> one : reading) {
                Await.result(one);
            }
        }
        return histories;
    }

    /** Waits until everybody has the last entry that they may see, or nothing has moved for long enough. */
    private void settle(ReplayClients crowd, Map<GroupReplay, ConversationHistory> histories)
            throws InterruptedException {
        Map<String, Map<String, Long>> lastsByUser = new ConcurrentHashMap<>();
        histories
                .values()
                .forEach(history -> MembershipIntervals.of(history)
                        .lasts()
                        .forEach((user, last) -> lastsByUser
                                .computeIfAbsent(user, any -> new ConcurrentHashMap<>())
                                .put(history.conversation(), last)));
        long silentSinceNanos = System.nanoTime();
        long delivered = -1;
        AtomicLong waiting = new AtomicLong();
        try (ProgressBar _ = new ProgressBar(
                out,
                "settling",
                crowd.everybody().size(),
                () -> crowd.everybody().size() - waiting.get(),
                this::doing)) {
            do {
                waiting.set(behind(crowd, lastsByUser));
                long now = metrics.deliveries();
                if (now != delivered) {
                    delivered = now;
                    silentSinceNanos = System.nanoTime();
                }
                RestClient.pause(waiting.get() == 0 ? 0 : LOOK_EVERY_MS);
            } while (waiting.get() > 0
                    && System.nanoTime() - silentSinceNanos < TimeUnit.SECONDS.toNanos(settledAfterSeconds()));
        }
    }

    private long settledAfterSeconds() {
        return Math.min(SETTLED_AFTER_SECONDS, settings.patience().toSeconds());
    }

    private static long behind(ReplayClients crowd, Map<String, Map<String, Long>> lastsByUser)
            throws InterruptedException {
        List<CompletableFuture<Boolean>> answers = new ArrayList<>();
        for (ChatClient device : crowd.everybody()) {
            Map<String, Long> lasts = lastsByUser.getOrDefault(device.account().user(), Map.of());
            answers.add(CompletableFuture.supplyAsync(
                    () -> lasts.entrySet().stream().anyMatch(last -> device.last(last.getKey()) < last.getValue()),
                    device.loop()));
        }
        long behind = 0;
        for (CompletableFuture<Boolean> answer : answers) {
            behind += Await.result(answer) ? 1 : 0;
        }
        return behind;
    }

    /** Answers how many entries reached those who should have them. */
    private long check(ReplayClients crowd, Map<GroupReplay, ConversationHistory> histories, boolean groupsMayBeTwice) {
        long received = 0;
        String host = crowd.host().account().user();
        List<ChatClient> everybody = crowd.everybody();
        Set<String> conversations = ConcurrentHashMap.newKeySet();
        for (GroupReplay run : runs) {
            ConversationHistory history = histories.get(run);
            String failure = run.failure();
            if (failure != null) {
                violations.add(Violations.Kind.NEVER_ACKED, run.plan().name() + " was given up: " + failure);
            }
            if (history == null) {
                continue;
            }
            conversations.add(history.conversation());
            new HistoryCheck(run, crowd::user, host, settings.ordered(), violations).check(history);
            MembershipIntervals spans = MembershipIntervals.of(history);
            DeliveryCheck deliveries = new DeliveryCheck(history, violations);
            for (ChatClient device : everybody) {
                ReceivedEntries here = device.received().get(history.conversation());
                List<MembershipIntervals.Span> theirs =
                        spans.of(device.account().user());
                if (here != null || !theirs.isEmpty()) {
                    received += deliveries.check(
                            device.account().displayName(), here == null ? new ReceivedEntries() : here, theirs);
                }
            }
        }
        for (ChatClient device : everybody) {
            device.received().forEach((conversation, here) -> {
                if (!conversations.contains(conversation) && !groupsMayBeTwice) {
                    violations.add(
                            Violations.Kind.NOT_THEIRS,
                            here.size(),
                            "all of " + conversation + ", " + device.account().displayName());
                }
            });
        }
        violations.protocol(metrics);
        return received;
    }

    private static double seconds(long nanos) {
        return nanos / (double) TimeUnit.SECONDS.toNanos(1);
    }
}
