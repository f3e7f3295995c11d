package chat.parley.load.scenario;

import chat.parley.load.check.DeliveryCheck;
import chat.parley.load.check.Findings;
import chat.parley.load.client.Device;
import chat.parley.load.client.Groups;
import chat.parley.load.client.History;
import chat.parley.load.client.Waiting;
import chat.parley.load.harness.Bench;
import chat.parley.load.harness.Progress;
import chat.parley.load.metrics.Percentiles;
import chat.parley.load.workload.NumberedConversation;
import chat.parley.load.workload.Script;
import chat.parley.load.workload.Writing;
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
final class Audience {
    /** With the host, as many as a group takes by default. */
    private static final int LISTENERS_PER_GROUP = 99;

    private static final int DIGITS = 3;

    private final Bench bench;
    private final Device host;
    private final List<Device> sessions;
    private final Groups groups;
    private final List<Room> rooms = new ArrayList<>();

    private record Room(NumberedConversation conversation, List<Device> members) {}

    private Audience(Bench bench, Device host, List<Device> sessions) {
        this.bench = bench;
        this.host = host;
        this.sessions = sessions;
        groups = new Groups(bench.rest(), bench.patience());
    }

    /** The host is connected, the sessions are not yet. */
    static Audience signUp(Bench bench, int sessions) throws InterruptedException {
        List<Device> devices = bench.signUp(sessions + 1).stream()
                .map(account -> new Device(account, bench.network()))
                .toList();
        Device host = devices.getLast();
        Waiting.result(host.start());
        return new Audience(bench, host, devices.subList(0, sessions));
    }

    /** Does it with all of them at once; answers how long after that each was done. */
    Percentiles all(String what, Function<Device, CompletableFuture<Void>> action) throws InterruptedException {
        Histogram micros = new ConcurrentHistogram(DIGITS);
        AtomicInteger done = new AtomicInteger();
        try (Progress _ = bench.progress(what, sessions.size(), done::get)) {
            List<CompletableFuture<Void>> coming = new ArrayList<>();
            long began = System.nanoTime();
            for (Device session : sessions) {
                coming.add(action.apply(session).thenRun(() -> {
                    micros.recordValue(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - began));
                    done.incrementAndGet();
                }));
            }
            for (CompletableFuture<Void> one : coming) {
                Waiting.result(one);
            }
        }
        return Percentiles.of(micros);
    }

    /** Puts everybody into a group, whose beginning is the first entry that they receive. */
    void gather() throws InterruptedException {
        Script script = new Script(Script.USUAL_CHARACTERS);
        int count = Math.ceilDiv(sessions.size(), LISTENERS_PER_GROUP);
        rooms.addAll(bench.each("groups", IntStream.range(0, count).boxed().toList(), index -> {
            int from = index * LISTENERS_PER_GROUP;
            List<Device> members = sessions.subList(from, Math.min(sessions.size(), from + LISTENERS_PER_GROUP));
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
        Writing writing = new Writing(host, bench.findings(), bench.patience());
        for (Room room : rooms) {
            writing.say(room.conversation, from, to);
        }
        writing.awaitAcks();
    }

    /** Waits until everybody has this number, as far as our patience goes: the check finds what is missing then. */
    void awaitNumber(int number) throws InterruptedException {
        long until = System.nanoTime() + bench.patience().toNanos();
        for (Room room : rooms) {
            for (Device member : room.members) {
                Duration left = Duration.ofNanos(until - System.nanoTime());
                Waiting.until(member, room.conversation.id(), NumberedConversation.position(number), left);
            }
        }
    }

    /** Whether everybody received all numbers up to this one, each exactly once and in order, and nothing else. */
    void check(int lastNumber) throws InterruptedException {
        long last = NumberedConversation.position(lastNumber);
        List<CompletableFuture<Void>> leaving =
                sessions.stream().map(Device::stop).toList();
        for (CompletableFuture<Void> one : leaving) {
            Waiting.result(one);
        }
        Findings findings = bench.findings();
        long received = 0;
        for (Room room : rooms) {
            String conversation = room.conversation.id();
            History history = groups.history(host.account(), conversation, last);
            room.conversation.check(history.entries(), 1, last, findings);
            DeliveryCheck deliveries = new DeliveryCheck(history, findings);
            for (Device member : room.members) {
                received += deliveries.check(member);
                DeliveryCheck.nothingElse(member, Set.of(conversation), findings);
            }
        }
        bench.checked("sessions", sessions.size());
        bench.checked("deliveries", received);
    }
}
