package chat.parley.load.scenario;

import chat.parley.load.check.DeliveryCheck;
import chat.parley.load.check.Violations;
import chat.parley.load.client.Await;
import chat.parley.load.client.ChatClient;
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

/** A large number of sessions, each of a different user and a member of a group in which a host sends messages. */
final class SessionFleet {
    /** With the host, a full group by the server's default. */
    private static final int SESSIONS_PER_GROUP = 99;

    private static final int DIGITS = 3;

    private final ScenarioRun run;
    private final ChatClient host;
    private final List<ChatClient> sessions;
    private final List<Group> groups = new ArrayList<>();

    private record Group(NumberedConversation conversation, List<ChatClient> members) {}

    private SessionFleet(ScenarioRun run, ChatClient host, List<ChatClient> sessions) {
        this.run = run;
        this.host = host;
        this.sessions = sessions;
    }

    /** Connects the host only. */
    static SessionFleet signUp(ScenarioRun run, int sessions) throws InterruptedException {
        List<ChatClient> clients = run.signUp(sessions + 1).stream()
                .map(account -> new ChatClient(account, run.network()))
                .toList();
        ChatClient host = clients.getLast();
        Await.result(host.connect());
        return new SessionFleet(run, host, clients.subList(0, sessions));
    }

    /** Performs an action with all sessions at once; answers the times from the start until each was done. */
    Percentiles all(String what, Function<ChatClient, CompletableFuture<Void>> action) throws InterruptedException {
        Histogram micros = new ConcurrentHistogram(DIGITS);
        AtomicInteger done = new AtomicInteger();
        try (ProgressBar _ = run.progress(what, sessions.size(), done::get)) {
            List<CompletableFuture<Void>> actions = new ArrayList<>();
            long startedNanos = System.nanoTime();
            for (ChatClient session : sessions) {
                actions.add(action.apply(session).thenRun(() -> {
                    micros.recordValue(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - startedNanos));
                    done.incrementAndGet();
                }));
            }
            Await.all(actions);
        }
        return Percentiles.of(micros);
    }

    /** Adds every session to a group; the first entry that it receives is the start of the group. */
    void startGroups() throws InterruptedException {
        SyntheticMessages texts = new SyntheticMessages(SyntheticMessages.USUAL_CHARACTERS);
        int count = Math.ceilDiv(sessions.size(), SESSIONS_PER_GROUP);
        groups.addAll(run.inParallel("groups", IntStream.range(0, count).boxed().toList(), index -> {
            int from = index * SESSIONS_PER_GROUP;
            List<ChatClient> members = sessions.subList(from, Math.min(sessions.size(), from + SESSIONS_PER_GROUP));
            String id = run.conversations()
                    .startGroup(
                            host.account(),
                            run.name() + " group " + index,
                            members.stream()
                                    .map(member -> member.account().user())
                                    .toList());
            return new Group(new NumberedConversation(index, id, host.account().user(), texts), members);
        }));
        awaitNumber(0);
    }

    /** Sends the messages with these numbers in every group, and waits for their acknowledgements. */
    void send(int from, int to) throws InterruptedException {
        PipelinedSender sender = new PipelinedSender(host, run.violations(), run.patience());
        for (Group group : groups) {
            sender.send(group.conversation, from, to);
        }
        sender.awaitAcks();
    }

    /** Waits until every session has this message, within the patience; the check reports what is missing then. */
    void awaitNumber(int number) throws InterruptedException {
        long untilNanos = System.nanoTime() + run.patience().toNanos();
        for (Group group : groups) {
            for (ChatClient member : group.members) {
                Duration left = Duration.ofNanos(untilNanos - System.nanoTime());
                member.awaitPosition(group.conversation.id(), NumberedConversation.position(number), left);
            }
        }
    }

    /** Checks that every session received all messages up to this one exactly once, in order, and nothing else. */
    void check(int lastNumber) throws InterruptedException {
        long last = NumberedConversation.position(lastNumber);
        Await.all(sessions.stream().map(ChatClient::close).toList());
        Violations violations = run.violations();
        long received = 0;
        for (Group group : groups) {
            String conversation = group.conversation.id();
            ConversationHistory history = run.conversations().history(host.account(), conversation, last);
            group.conversation.check(history.entries(), 1, last, violations);
            DeliveryCheck deliveries = new DeliveryCheck(history, violations);
            for (ChatClient member : group.members) {
                received += deliveries.check(member);
                DeliveryCheck.nothingElse(member, Set.of(conversation), violations);
            }
        }
        run.checked("sessions", sessions.size());
        run.checked("deliveries", received);
    }
}
