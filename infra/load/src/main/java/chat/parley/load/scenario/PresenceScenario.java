package chat.parley.load.scenario;

import chat.parley.load.check.Violations;
import chat.parley.load.client.Await;
import chat.parley.load.client.ChatClient;
import chat.parley.load.client.DisconnectMode;
import chat.parley.load.client.RunAbortedException;
import chat.parley.load.client.UserAccount;
import chat.parley.load.harness.ScenarioRun;
import chat.parley.load.protocol.ReceivedFrame;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What it costs to know who is there, and whether it is true: heartbeats, connections that break and come back every
 * second, and connections that are gone without a word.
 */
public final class PresenceScenario {
    private static final Pattern CHANGES = Pattern.compile("parley_presence_changes_total\\{.*} ([0-9.E]+)");
    private static final int WATCHED_BY_ONE = 500;
    private static final int FLAPS = 20;
    private static final int OFFLINE_AFTER_SECONDS = 30;
    private static final int OFFLINE_BY_SECONDS = 35;

    /** After the last of them should be told, for what should not come. */
    private static final int LISTEN_SECONDS = 10;

    private final ScenarioRun bench;
    private final int sessions;
    private final int flapping;
    private final int dying;
    private final Map<String, List<Told>> told = new HashMap<>();

    /**
     * @param flapping of the sessions, these break and come back every second
     * @param dying    of the sessions, these are gone without a word in the end
     */
    PresenceScenario(ScenarioRun bench, int sessions, int flapping, int dying) {
        this.bench = bench;
        this.sessions = sessions;
        this.flapping = flapping;
        this.dying = dying;
    }

    private record Told(boolean offline, long atNanos) {}

    void play() throws IOException, InterruptedException {
        List<UserAccount> accounts = bench.signUp(sessions);
        List<ChatClient> devices = bench.connect(accounts);
        List<ChatClient> watched = devices.subList(0, Math.max(flapping, dying));
        List<ChatClient> watchers = devices.subList(watched.size(), watched.size() + watchers(watched.size()));
        watch(watchers, watched);
        awaitTold(watched.size());
        ScenarioRun.Window window = bench.measure(
                _ -> {}, () -> "%,d online".formatted(bench.metrics().online.get()));
        Double cpuSeconds = window.serverCpuSeconds();
        if (cpuSeconds != null) {
            bench.figure("heartbeatsServerCpuPercentOfACore", 100 * cpuSeconds / window.seconds());
        }
        flap(watched.subList(0, flapping));
        die(watched.subList(0, dying));
        bench.checked("sessions", sessions);
    }

    private static int watchers(int watched) {
        return (watched + WATCHED_BY_ONE - 1) / WATCHED_BY_ONE;
    }

    private void watch(List<ChatClient> watchers, List<ChatClient> watched) {
        for (int i = 0; i < watchers.size(); i++) {
            int from = i * WATCHED_BY_ONE;
            List<String> users = watched.subList(from, Math.min(watched.size(), from + WATCHED_BY_ONE)).stream()
                    .map(device -> device.account().user())
                    .toList();
            watchers.get(i).watch(users, this::heard);
        }
    }

    private void heard(ReceivedFrame.Presence presence) {
        synchronized (told) {
            told.computeIfAbsent(presence.user(), user -> new ArrayList<>())
                    .add(new Told(presence.isOffline(), System.nanoTime()));
        }
    }

    /** The first frame of each says how they are. */
    private void awaitTold(int people) throws InterruptedException {
        long until = System.nanoTime() + bench.patience().toNanos();
        while (frames() < people) {
            if (System.nanoTime() > until) {
                throw new RunAbortedException("Of " + people + " people only " + frames() + " were told", null);
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        TimeUnit.SECONDS.sleep(1);
        synchronized (told) {
            told.clear();
        }
    }

    private int frames() {
        synchronized (told) {
            return told.values().stream().mapToInt(List::size).sum();
        }
    }

    /** Connections that come back in time are told to nobody. */
    private void flap(List<ChatClient> devices) throws InterruptedException {
        long before = changes();
        for (int i = 0; i < FLAPS; i++) {
            long began = System.nanoTime();
            all(devices.stream()
                    .map(device -> device.leave(DisconnectMode.RESET))
                    .toList());
            all(devices.stream().map(ChatClient::start).toList());
            long left = TimeUnit.SECONDS.toNanos(1) - (System.nanoTime() - began);
            TimeUnit.NANOSECONDS.sleep(Math.max(0, left));
        }
        bench.figure("eventsOfFlapping", (double) changes() - before);
        bench.figure("framesOfFlapping", frames());
        if (changes() > before || frames() > 0) {
            bench.violations().add(Violations.Kind.PROTOCOL, frames(), "presence frames of connections that came back");
        }
    }

    /** Each is told once, and in time. */
    private void die(List<ChatClient> devices) throws InterruptedException {
        long before = changes();
        long gone = System.nanoTime();
        all(devices.stream().map(device -> device.leave(DisconnectMode.RESET)).toList());
        TimeUnit.SECONDS.sleep(OFFLINE_BY_SECONDS + LISTEN_SECONDS);
        bench.figure("eventsOfSilentDeath", (double) changes() - before);
        double first = Double.MAX_VALUE;
        double last = 0;
        int wrong = 0;
        synchronized (told) {
            for (ChatClient device : devices) {
                List<Told> mine = told.getOrDefault(device.account().user(), List.of());
                if (mine.size() != 1 || !mine.getFirst().offline()) {
                    wrong++;
                    continue;
                }
                double after = (mine.getFirst().atNanos() - gone) / (double) TimeUnit.SECONDS.toNanos(1);
                first = Math.min(first, after);
                last = Math.max(last, after);
            }
        }
        bench.figure("secondsUntilFirstOffline", first);
        bench.figure("secondsUntilLastOffline", last);
        if (wrong > 0) {
            bench.violations().add(Violations.Kind.PROTOCOL, wrong, "people whose end was not told exactly once");
        }
        if (first < OFFLINE_AFTER_SECONDS || last > OFFLINE_BY_SECONDS) {
            bench.violations().add(Violations.Kind.PROTOCOL, 1, "told too early or too late");
        }
        bench.checked("told", devices.size() - wrong);
    }

    private static void all(List<CompletableFuture<Void>> running) throws InterruptedException {
        for (CompletableFuture<Void> one : running) {
            Await.result(one);
        }
    }

    /** Presence events of this node. */
    private long changes() {
        return bench.rest()
                .metrics()
                .lines()
                .map(CHANGES::matcher)
                .filter(Matcher::matches)
                .mapToLong(change -> (long) Double.parseDouble(change.group(1)))
                .sum();
    }
}
