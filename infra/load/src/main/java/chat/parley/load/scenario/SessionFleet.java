package chat.parley.load.scenario;

import chat.parley.load.check.DeliveryCheck;
import chat.parley.load.check.Violations;
import chat.parley.load.client.Await;
import chat.parley.load.client.ChatClient;
import chat.parley.load.client.ConversationApi;
import chat.parley.load.client.ConversationHistory;
import chat.parley.load.harness.ProgressBar;
import chat.parley.load.harness.ScenarioRun;
import chat.parley.load.metrics.Percentiles;
import chat.parley.load.workload.NumberedConversation;
import chat.parley.load.workload.PipelinedSender;
import chat.parley.load.workload.SyntheticMessages;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Very many sessions, each of somebody else and in one of the groups in which a host talks. */
final class SessionFleet {
    /** With the host, as many as a group takes by default. */
    private static final int LISTENERS_PER_GROUP = 99;

    private static final int DIGITS = 3;

    private final ScenarioRun bench;
    private final ChatClient host;
    private final List<ChatClient> sessions;
    private final ConversationApi groups;
    private final List<Room> rooms = new ArrayList<>();

    private record Room(NumberedConversation conversation, List<ChatClient> members) {}

    private SessionFleet(ScenarioRun bench, ChatClient host, List<ChatClient> sessions) {
        this.bench = bench;
        this.host = host;
        this.sessions = sessions;
        groups = new ConversationApi(bench.rest(), bench.patience());
    }

    /** The host is connected, the sessions are not yet. */
    static SessionFleet signUp(ScenarioRun bench, int sessions) throws InterruptedException {
        List<ChatClient> devices = bench.signUp(sessions + 1).stream()
                .map(account -> new ChatClient(account, bench.network()))
                .toList();
        ChatClient host = devices.getLast();
        Await.result(host.start());
        return new SessionFleet(bench, host, devices.subList(0, sessions));
    }

    /** Does it with all of them at once; answers how long after that each was done. */
    Percentiles all(String what, Function<ChatClient, CompletableFuture<Void>> action) throws InterruptedException {
        Histogram micros = new ConcurrentHistogram(DIGITS);
        AtomicInteger done = new AtomicInteger();
        try (ProgressBar _ = bench.progress(what, sessions.size(), done::get)) {
            List<CompletableFuture<Void>> coming = new ArrayList<>();
            long began = System.nanoTime();
            for (ChatClient session : sessions) {
                coming.add(action.apply(session).thenRun(() -> {
                    micros.recordValue(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - began));
                    done.incrementAndGet();
                }));
            }
            for (CompletableFuture<Void> one : coming) {
                Await.result(one);
            }
        }
        return Percentiles.of(micros);
    }

    /** Puts everybody into a group, whose beginning is the first entry that they receive. */
    void gather() throws InterruptedException {
        SyntheticMessages script = new SyntheticMessages(SyntheticMessages.USUAL_CHARACTERS);
        int count = Math.ceilDiv(sessions.size(), LISTENERS_PER_GROUP);
        rooms.addAll(bench.each("groups", IntStream.range(0, count).boxed().toList(), index -> {
            int from = index * LISTENERS_PER_GROUP;
            List<ChatClient> members = sessions.subList(from, Math.min(sessions.size(), from + LISTENERS_PER_GROUP));
            String id = groups.start(
                    host.account(),
                    bench.run() + " group " + index,
                    members.stream().map(member -> member.account().user()).toList());
            return new Room(new NumberedConversation(index, id, host.account().user(), script), members);
        }));
        awaitNumber(0);
    }

    /** The host says these numbers in every group, and has them acknowledged. */
    void say(int from, int to) throws InterruptedException {
        PipelinedSender writing = new PipelinedSender(host, bench.violations(), bench.patience());
        for (Room room : rooms) {
            writing.say(room.conversation, from, to);
        }
        writing.awaitAcks();
    }

    /** Waits until everybody has this number, as far as our patience goes: the check finds what is missing then. */
    void awaitNumber(int number) throws InterruptedException {
        long until = System.nanoTime() + bench.patience().toNanos();
        for (Room room : rooms) {
            for (ChatClient member : room.members) {
                Duration left = Duration.ofNanos(until - System.nanoTime());
                Await.until(member, room.conversation.id(), NumberedConversation.position(number), left);
            }
        }
    }

    /** Whether everybody received all numbers up to this one, each exactly once and in order, and nothing else. */
    void check(int lastNumber) throws InterruptedException {
        long last = NumberedConversation.position(lastNumber);
        List<CompletableFuture<Void>> leaving =
                sessions.stream().map(ChatClient::stop).toList();
        for (CompletableFuture<Void> one : leaving) {
            Await.result(one);
        }
        Violations violations = bench.violations();
        long received = 0;
        for (Room room : rooms) {
            String conversation = room.conversation.id();
            ConversationHistory history = groups.history(host.account(), conversation, last);
            room.conversation.check(history.entries(), 1, last, violations);
            DeliveryCheck deliveries = new DeliveryCheck(history, violations);
            for (ChatClient member : room.members) {
                received += deliveries.check(member);
                DeliveryCheck.nothingElse(member, Set.of(conversation), violations);
            }
        }
        bench.checked("sessions", sessions.size());
        bench.checked("deliveries", received);
    }
}
