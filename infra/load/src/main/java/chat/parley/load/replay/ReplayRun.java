package chat.parley.load.replay;

import chat.parley.load.check.DeliveryCheck;
import chat.parley.load.check.MembershipIntervals;
import chat.parley.load.check.Violations;
import chat.parley.load.client.Await;
import chat.parley.load.client.ChatClient;
import chat.parley.load.client.ClientNetwork;
import chat.parley.load.client.ConversationApi;
import chat.parley.load.client.ConversationHistory;
import chat.parley.load.client.Parallel;
import chat.parley.load.client.ReceivedEntries;
import chat.parley.load.client.RestClient;
import chat.parley.load.harness.ProgressBar;
import chat.parley.load.metrics.ClientMetrics;
import chat.parley.load.metrics.ClientMetrics.Counter;
import chat.parley.load.metrics.SendTimes;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** Plays plans through the public protocol, then checks the history and every delivery. */
final class ReplayRun {
    private static final long POLL_MS = 250;

    /** Every client is connected by then: a delivery that is missing after this much silence is lost. */
    private static final long SETTLED_AFTER_SECONDS = 30;

    private final List<GroupReplay> groups;
    private final ReplaySettings settings;
    private final PrintStream out;
    private final SendTimes sendTimes;
    private final ClientMetrics metrics;
    private final Violations violations = new Violations();

    ReplayRun(List<ReplayPlan> plans, ReplaySettings settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
        groups = new ArrayList<>();
        sendTimes = new SendTimes(plans.size());
        metrics = new ClientMetrics(sendTimes);
        for (ReplayPlan plan : plans) {
            sendTimes.open(groups.size(), plan.steps().size());
            groups.add(new GroupReplay(groups.size(), plan));
        }
    }

    ReplayReport play(Function<ClientMetrics, RestClient> restClient) throws InterruptedException {
        try (RestClient rest = restClient.apply(metrics);
                ClientNetwork network = new ClientNetwork(settings.threads(), settings.patience(), metrics)) {
            long started = System.nanoTime();
            ReplayClients clients = connect(rest, network);
            ConversationApi conversations = new ConversationApi(rest, settings.patience());
            long connected = System.nanoTime();
            play(clients, conversations);
            long played = System.nanoTime();
            Map<GroupReplay, ConversationHistory> histories = histories(clients, conversations);
            settle(clients, histories);
            long settled = System.nanoTime();
            clients.close();
            long received = check(clients, histories, conversations.uncertainStarts() > 0);
            return ReplayReport.of(
                    settings,
                    groups,
                    clients.all().size(),
                    histories.values().stream()
                            .mapToLong(history -> history.entries().size())
                            .sum(),
                    received,
                    metrics,
                    violations,
                    new ReplayReport.Times(
                            seconds(connected - started), seconds(played - connected), seconds(settled - played)));
        }
    }

    private ReplayClients connect(RestClient rest, ClientNetwork network) throws InterruptedException {
        Set<String> nicks = new TreeSet<>();
        groups.forEach(group -> nicks.addAll(group.plan().nicks()));
        AtomicInteger connected = new AtomicInteger();
        try (ProgressBar _ =
                new ProgressBar(out, "sign-up", nicks.size(), connected::get, () -> metrics.online() + " online")) {
            return ReplayClients.connect(
                    nicks, new NickUsernames(settings.run()), rest, network, settings.restConcurrency(), connected);
        }
    }

    private void play(ReplayClients clients, ConversationApi conversations) throws InterruptedException {
        Set<GroupReplay> active = ConcurrentHashMap.newKeySet();
        long messages =
                groups.stream().mapToLong(group -> group.plan().messages()).sum();
        try (ProgressBar _ =
                        new ProgressBar(out, "replay", messages, () -> metrics.sum(Counter.ACKED), this::progress);
                ConnectionChaos _ = new ConnectionChaos(active, clients, settings.chaosRate(), settings.seed())) {
            List<GroupReplay> ignored = Parallel.map(settings.parallelBlocks(), groups, new AtomicInteger(), group -> {
                active.add(group);
                try {
                    new GroupPlayer(group, clients, conversations, settings).play();
                } finally {
                    active.remove(group);
                }
                return group;
            });
        }
    }

    private String progress() {
        return "%,d delivered, %,d online, %,d cut"
                .formatted(metrics.deliveries(), metrics.online(), metrics.sum(Counter.CHAOS_CUTS));
    }

    private Map<GroupReplay, ConversationHistory> histories(ReplayClients clients, ConversationApi conversations)
            throws InterruptedException {
        Map<GroupReplay, ConversationHistory> histories = new ConcurrentHashMap<>();
        AtomicInteger done = new AtomicInteger();
        try (ProgressBar _ = new ProgressBar(out, "history", groups.size(), done::get, () -> "groups")) {
            List<GroupReplay> ignored = Parallel.map(settings.restConcurrency(), groups, done, group -> {
                String id = group.conversation();
                if (id != null) {
                    histories.put(group, conversations.history(clients.host().account(), id, group.lastPosition()));
                }
                return group;
            });
        }
        return histories;
    }

    /** Waits until every client has the last entry that it may see, or until nothing was delivered for some time. */
    private void settle(ReplayClients clients, Map<GroupReplay, ConversationHistory> histories)
            throws InterruptedException {
        Map<String, Map<String, Long>> lastPositions = new ConcurrentHashMap<>();
        histories
                .values()
                .forEach(history -> MembershipIntervals.of(history)
                        .lastPositions()
                        .forEach((user, last) -> lastPositions
                                .computeIfAbsent(user, any -> new ConcurrentHashMap<>())
                                .put(history.conversation(), last)));
        long deliveredNanos = System.nanoTime();
        long delivered = -1;
        AtomicLong waiting = new AtomicLong();
        try (ProgressBar _ = new ProgressBar(
                out, "settling", clients.all().size(), () -> clients.all().size() - waiting.get(), this::progress)) {
            do {
                waiting.set(behind(clients, lastPositions));
                long now = metrics.deliveries();
                if (now != delivered) {
                    delivered = now;
                    deliveredNanos = System.nanoTime();
                }
                Await.pause(waiting.get() == 0 ? 0 : POLL_MS);
            } while (waiting.get() > 0
                    && System.nanoTime() - deliveredNanos < TimeUnit.SECONDS.toNanos(settledAfterSeconds()));
        }
    }

    private long settledAfterSeconds() {
        return Math.min(SETTLED_AFTER_SECONDS, settings.patience().toSeconds());
    }

    private static long behind(ReplayClients clients, Map<String, Map<String, Long>> lastPositions)
            throws InterruptedException {
        List<CompletableFuture<Boolean>> answers = new ArrayList<>();
        for (ChatClient client : clients.all()) {
            Map<String, Long> positions =
                    lastPositions.getOrDefault(client.account().user(), Map.of());
            answers.add(CompletableFuture.supplyAsync(
                    () -> positions.entrySet().stream()
                            .anyMatch(last -> client.lastPosition(last.getKey()) < last.getValue()),
                    client.loop()));
        }
        long behind = 0;
        for (CompletableFuture<Boolean> answer : answers) {
            behind += Await.result(answer) ? 1 : 0;
        }
        return behind;
    }

    /** Answers the number of entries that were received as expected. */
    private long check(
            ReplayClients clients, Map<GroupReplay, ConversationHistory> histories, boolean groupsMayBeDuplicated) {
        long received = 0;
        String host = clients.host().account().user();
        List<ChatClient> everybody = clients.all();
        Set<String> conversations = ConcurrentHashMap.newKeySet();
        for (GroupReplay group : groups) {
            ConversationHistory history = histories.get(group);
            String failure = group.failure();
            if (failure != null) {
                violations.add(Violations.Kind.NEVER_ACKED, group.plan().name() + " was given up: " + failure);
            }
            if (history == null) {
                continue;
            }
            conversations.add(history.conversation());
            new HistoryCheck(group, clients::user, host, settings.ordered(), violations).check(history);
            MembershipIntervals intervals = MembershipIntervals.of(history);
            DeliveryCheck deliveries = new DeliveryCheck(history, violations);
            for (ChatClient client : everybody) {
                ReceivedEntries here = client.received().get(history.conversation());
                List<MembershipIntervals.Interval> theirs =
                        intervals.of(client.account().user());
                if (here != null || !theirs.isEmpty()) {
                    received += deliveries.check(
                            client.account().displayName(), here == null ? new ReceivedEntries() : here, theirs);
                }
            }
        }
        if (!groupsMayBeDuplicated) {
            everybody.forEach(client -> DeliveryCheck.nothingElse(client, conversations, violations));
        }
        violations.protocol(metrics);
        return received;
    }

    private static double seconds(long nanos) {
        return nanos / (double) TimeUnit.SECONDS.toNanos(1);
    }
}
