package chat.parley.load.scenario;

import chat.parley.load.check.Violations;
import chat.parley.load.client.Await;
import chat.parley.load.client.ChatClient;
import chat.parley.load.client.DisconnectMode;
import chat.parley.load.client.RunAbortedException;
import chat.parley.load.harness.ScenarioRun;
import chat.parley.load.metrics.PrometheusText;
import chat.parley.load.protocol.ReceivedFrame;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Presence: its cost, and whether watchers are told of lost connections exactly once and in time. */
@Command(
        name = "presence",
        description =
                "Sessions with heartbeats. Some reconnect every second, and some lose their connection for good at"
                        + " the end. Measures the cost. Checks that watchers are told nothing of the former, and of each of the"
                        + " latter exactly once and in time.")
final class PresenceScenario extends Scenario {
    private static final int WATCHED_BY_ONE = 500;
    private static final int RECONNECTIONS = 20;
    private static final int OFFLINE_AFTER_SECONDS = 30;
    private static final int OFFLINE_BY_SECONDS = 35;

    /** After the last watcher should have been told, for events that should not come. */
    private static final int LISTEN_SECONDS = 10;

    @Option(names = "--sessions", defaultValue = "5000", description = "Sessions (${DEFAULT-VALUE}).")
    private int sessions;

    @Option(
            names = "--flapping",
            defaultValue = "500",
            description = "Of these, sessions that reconnect every second (${DEFAULT-VALUE}).")
    private int flapping;

    @Option(
            names = "--dying",
            defaultValue = "1000",
            description = "Of these, sessions that lose their connection for good (${DEFAULT-VALUE}).")
    private int dying;

    private final Map<String, List<Event>> eventsByUser = new HashMap<>();

    private record Event(boolean offline, long atNanos) {}

    @Override
    Map<String, Object> settings() {
        return Map.of("sessions", sessions, "flapping", flapping, "dying", dying);
    }

    @Override
    void play() throws IOException, InterruptedException {
        List<ChatClient> clients = run().connect(run().signUp(sessions));
        List<ChatClient> watched = clients.subList(0, Math.max(flapping, dying));
        int watchers = Math.ceilDiv(watched.size(), WATCHED_BY_ONE);
        watch(clients.subList(watched.size(), watched.size() + watchers), watched);
        awaitFirstEvents(watched.size());
        ScenarioRun.Window window = run().measure(
                        _ -> {}, () -> "%,d online".formatted(run().metrics().online()));
        run().serverCpu("heartbeatsServerCpuPercentOfACore", window, 100 / window.seconds());
        flap(watched.subList(0, flapping));
        die(watched.subList(0, dying));
        run().checked("sessions", sessions);
    }

    private void watch(List<ChatClient> watchers, List<ChatClient> watched) {
        for (int i = 0; i < watchers.size(); i++) {
            int from = i * WATCHED_BY_ONE;
            List<String> users = watched.subList(from, Math.min(watched.size(), from + WATCHED_BY_ONE)).stream()
                    .map(client -> client.account().user())
                    .toList();
            watchers.get(i).watch(users, this::received);
        }
    }

    private void received(ReceivedFrame.Presence presence) {
        synchronized (eventsByUser) {
            eventsByUser
                    .computeIfAbsent(presence.user(), user -> new ArrayList<>())
                    .add(new Event(presence.isOffline(), System.nanoTime()));
        }
    }

    /** The first event of each user is the state when the watch began. */
    private void awaitFirstEvents(int users) throws InterruptedException {
        long untilNanos = System.nanoTime() + run().patience().toNanos();
        while (events() < users) {
            if (System.nanoTime() > untilNanos) {
                throw new RunAbortedException("Of " + users + " users only " + events() + " were told", null);
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        TimeUnit.SECONDS.sleep(1);
        synchronized (eventsByUser) {
            eventsByUser.clear();
        }
    }

    private int events() {
        synchronized (eventsByUser) {
            return eventsByUser.values().stream().mapToInt(List::size).sum();
        }
    }

    /** Watchers are told nothing of a user who reconnects in time. */
    private void flap(List<ChatClient> clients) throws InterruptedException {
        long before = changes();
        for (int i = 0; i < RECONNECTIONS; i++) {
            long startedNanos = System.nanoTime();
            Await.all(clients.stream()
                    .map(client -> client.disconnect(DisconnectMode.RESET))
                    .toList());
            Await.all(clients.stream().map(ChatClient::connect).toList());
            long leftNanos = TimeUnit.SECONDS.toNanos(1) - (System.nanoTime() - startedNanos);
            TimeUnit.NANOSECONDS.sleep(Math.max(0, leftNanos));
        }
        run().figure("eventsOfFlapping", (double) changes() - before);
        run().figure("framesOfFlapping", events());
        if (changes() > before || events() > 0) {
            run().violations().add(Violations.Kind.PROTOCOL, events(), "presence frames of connections that came back");
        }
    }

    /** Watchers are told of each user once, and in time. */
    private void die(List<ChatClient> clients) throws InterruptedException {
        long before = changes();
        long disconnectedNanos = System.nanoTime();
        Await.all(clients.stream()
                .map(client -> client.disconnect(DisconnectMode.RESET))
                .toList());
        TimeUnit.SECONDS.sleep(OFFLINE_BY_SECONDS + LISTEN_SECONDS);
        run().figure("eventsOfSilentDeath", (double) changes() - before);
        double first = Double.MAX_VALUE;
        double last = 0;
        int wrong = 0;
        synchronized (eventsByUser) {
            for (ChatClient client : clients) {
                List<Event> events = eventsByUser.getOrDefault(client.account().user(), List.of());
                if (events.size() != 1 || !events.getFirst().offline()) {
                    wrong++;
                    continue;
                }
                double seconds =
                        (events.getFirst().atNanos() - disconnectedNanos) / (double) TimeUnit.SECONDS.toNanos(1);
                first = Math.min(first, seconds);
                last = Math.max(last, seconds);
            }
        }
        run().figure("secondsUntilFirstOffline", first);
        run().figure("secondsUntilLastOffline", last);
        if (wrong > 0) {
            run().violations().add(Violations.Kind.PROTOCOL, wrong, "people whose end was not told exactly once");
        }
        if (first < OFFLINE_AFTER_SECONDS || last > OFFLINE_BY_SECONDS) {
            run().violations().add(Violations.Kind.PROTOCOL, 1, "told too early or too late");
        }
        run().checked("told", clients.size() - wrong);
    }

    /** Presence changes that this node counted. */
    private long changes() {
        return (long) PrometheusText.samples(run().rest().metrics(), "parley_presence_changes_total")
                .sum();
    }
}
