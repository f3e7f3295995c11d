package chat.parley.load.scenario;

import chat.parley.load.check.DeliveryCheck;
import chat.parley.load.client.Await;
import chat.parley.load.client.ChatClient;
import chat.parley.load.client.ConversationApi;
import chat.parley.load.client.ConversationHistory;
import chat.parley.load.client.DisconnectMode;
import chat.parley.load.client.UserAccount;
import chat.parley.load.harness.ScenarioRun;
import chat.parley.load.metrics.Percentiles;
import chat.parley.load.workload.NumberedConversation;
import chat.parley.load.workload.PipelinedSender;
import chat.parley.load.workload.SyntheticMessages;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/** Devices of one person that were away while others wrote to that person. */
final class CatchUpScenario {
    private static final int DIGITS = 3;

    private final ScenarioRun bench;
    private final ConversationApi groups;
    private final int messages;
    private final List<ChatClient> devices = new ArrayList<>();

    /** Somebody who writes to the person. */
    private record Correspondent(ChatClient device, NumberedConversation conversation) {}

    /** @param messages in each conversation */
    CatchUpScenario(ScenarioRun bench, int messages) {
        this.bench = bench;
        this.messages = messages;
        groups = new ConversationApi(bench.rest(), bench.patience());
    }

    void play(int conversations, int deviceCount) throws IOException, InterruptedException {
        List<UserAccount> people = bench.signUp(conversations + 1);
        UserAccount person = people.getLast();
        for (int i = 0; i < deviceCount; i++) {
            UserAccount account = person.on("away-" + i);
            account.register();
            ChatClient device = new ChatClient(account, bench.network());
            Await.result(device.start());
            devices.add(device);
        }
        List<Correspondent> correspondents = correspondents(people.subList(0, conversations), person);
        leave(correspondents);
        write(correspondents, person);
        comeBack();
        check(correspondents, person);
    }

    private List<Correspondent> correspondents(List<UserAccount> people, UserAccount person)
            throws InterruptedException {
        SyntheticMessages script = new SyntheticMessages(SyntheticMessages.USUAL_CHARACTERS);
        List<Integer> indexes = IntStream.range(0, people.size()).boxed().toList();
        return bench.each("conversations", indexes, index -> {
            UserAccount writer = people.get(index);
            ChatClient device = new ChatClient(writer, bench.network());
            Await.result(device.start());
            String id = groups.direct(writer, person);
            return new Correspondent(device, new NumberedConversation(index, id, writer.user(), script));
        });
    }

    /** Once they have the beginning of every conversation, so that what they miss is exactly the messages. */
    private void leave(List<Correspondent> correspondents) throws InterruptedException {
        for (ChatClient device : devices) {
            for (Correspondent one : correspondents) {
                Await.until(device, one.conversation.id(), 1, bench.patience());
            }
            Await.result(device.leave(DisconnectMode.RESET));
        }
    }

    private void write(List<Correspondent> correspondents, UserAccount person) throws InterruptedException {
        List<Correspondent> ignored = bench.each("writing", correspondents, one -> {
            PipelinedSender writing = new PipelinedSender(one.device, bench.violations(), bench.patience());
            writing.say(one.conversation, 1, messages);
            writing.awaitAcks();
            groups.awaitReadable(person, one.conversation.id(), NumberedConversation.position(messages));
            return one;
        });
    }

    private void comeBack() throws IOException, InterruptedException {
        Histogram micros = new Histogram(DIGITS);
        ScenarioRun.Window window = bench.measure(() -> {
            for (ChatClient device : devices) {
                long began = System.nanoTime();
                Await.result(device.start());
                micros.recordValue(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - began));
            }
        });
        bench.latency("dialToCaughtUp", Percentiles.of(micros));
        Double cpuSeconds = window.serverCpuSeconds();
        if (cpuSeconds != null) {
            bench.figure("serverCpuMillisPerDevice", TimeUnit.SECONDS.toMillis(1) * cpuSeconds / devices.size());
        }
    }

    private void check(List<Correspondent> correspondents, UserAccount person) throws InterruptedException {
        for (ChatClient device : devices) {
            Await.result(device.stop());
        }
        Set<String> conversations =
                correspondents.stream().map(one -> one.conversation.id()).collect(Collectors.toSet());
        devices.forEach(device -> DeliveryCheck.nothingElse(device, conversations, bench.violations()));
        long last = NumberedConversation.position(messages);
        for (Correspondent one : correspondents) {
            ConversationHistory history = groups.history(person, one.conversation.id(), last);
            one.conversation.check(history.entries(), 1, last, bench.violations());
            DeliveryCheck deliveries = new DeliveryCheck(history, bench.violations());
            devices.forEach(device -> bench.checked("deliveries", deliveries.check(device)));
        }
    }
}
