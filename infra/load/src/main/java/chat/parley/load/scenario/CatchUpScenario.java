package chat.parley.load.scenario;

import chat.parley.load.check.DeliveryCheck;
import chat.parley.load.check.Violations;
import chat.parley.load.client.Await;
import chat.parley.load.client.ChatClient;
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
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Devices of one user reconnect after other people wrote to that user. */
@Command(
        name = "away",
        description = "Devices of one user reconnect after many entries, one device after the other. Measures the time"
                + " from connecting until each has caught up. Checks that each received every entry exactly once and in"
                + " order.")
final class CatchUpScenario extends Scenario {
    private static final int DIGITS = 3;

    @Option(names = "--missed", defaultValue = "10000", description = "Missed entries in all (${DEFAULT-VALUE}).")
    private int missed;

    @Option(names = "--conversations", defaultValue = "50", description = "Conversations (${DEFAULT-VALUE}).")
    private int conversations;

    @Option(names = "--devices", defaultValue = "10", description = "Devices of the user (${DEFAULT-VALUE}).")
    private int deviceCount;

    private record Correspondent(ChatClient client, NumberedConversation conversation) {}

    @Override
    Map<String, Object> settings() {
        return Map.of("missed", missed, "conversations", conversations, "devices", deviceCount);
    }

    @Override
    void play() throws IOException, InterruptedException {
        List<UserAccount> accounts = run().signUp(conversations + 1);
        UserAccount recipient = accounts.getLast();
        List<ChatClient> devices = connectDevices(recipient);
        List<Correspondent> correspondents = connectCorrespondents(accounts.subList(0, conversations), recipient);
        disconnect(devices, correspondents);
        int messages = missed / conversations;
        write(correspondents, recipient, messages);
        reconnect(devices);
        check(devices, correspondents, recipient, NumberedConversation.position(messages));
    }

    private List<ChatClient> connectDevices(UserAccount recipient) throws InterruptedException {
        List<ChatClient> devices = new ArrayList<>();
        for (int i = 0; i < deviceCount; i++) {
            UserAccount account = recipient.onDevice("away-" + i);
            account.register();
            devices.add(ChatClient.connected(account, run().network()));
        }
        return devices;
    }

    private List<Correspondent> connectCorrespondents(List<UserAccount> accounts, UserAccount recipient)
            throws InterruptedException {
        SyntheticMessages texts = new SyntheticMessages(SyntheticMessages.USUAL_CHARACTERS);
        List<Integer> indexes = IntStream.range(0, accounts.size()).boxed().toList();
        return run().inParallel("conversations", indexes, index -> {
            UserAccount writer = accounts.get(index);
            ChatClient client = ChatClient.connected(writer, run().network());
            String id = run().conversations().startDirect(writer, recipient);
            return new Correspondent(client, new NumberedConversation(index, id, writer.user(), texts));
        });
    }

    /** After every device has the first entry of every conversation: it then misses the messages and nothing else. */
    private void disconnect(List<ChatClient> devices, List<Correspondent> correspondents) throws InterruptedException {
        for (ChatClient device : devices) {
            for (Correspondent one : correspondents) {
                device.awaitPosition(one.conversation.id(), 1, run().patience());
            }
            Await.result(device.disconnect(DisconnectMode.RESET));
        }
    }

    private void write(List<Correspondent> correspondents, UserAccount recipient, int messages)
            throws InterruptedException {
        List<Correspondent> ignored = run().inParallel("writing", correspondents, one -> {
            PipelinedSender sender = new PipelinedSender(one.client, run().violations(), run().patience());
            sender.send(one.conversation, 1, messages);
            sender.awaitAcks();
            run().conversations()
                    .awaitReadable(recipient, one.conversation.id(), NumberedConversation.position(messages));
            return one;
        });
    }

    private void reconnect(List<ChatClient> devices) throws IOException, InterruptedException {
        Histogram micros = new Histogram(DIGITS);
        ScenarioRun.Window window = run().measure(() -> {
            for (ChatClient device : devices) {
                long startedNanos = System.nanoTime();
                Await.result(device.connect());
                micros.recordValue(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - startedNanos));
            }
        });
        run().latency("dialToCaughtUp", Percentiles.of(micros));
        run().serverCpu("serverCpuMillisPerDevice", window, TimeUnit.SECONDS.toMillis(1) / (double) devices.size());
    }

    private void check(
            List<ChatClient> devices, List<Correspondent> correspondents, UserAccount recipient, long lastPosition)
            throws InterruptedException {
        Await.all(devices.stream().map(ChatClient::close).toList());
        Violations violations = run().violations();
        Set<String> ids =
                correspondents.stream().map(one -> one.conversation.id()).collect(Collectors.toSet());
        devices.forEach(device -> DeliveryCheck.nothingElse(device, ids, violations));
        for (Correspondent one : correspondents) {
            ConversationHistory history = run().conversations().history(recipient, one.conversation.id(), lastPosition);
            one.conversation.check(history.entries(), 1, lastPosition, violations);
            DeliveryCheck deliveries = new DeliveryCheck(history, violations);
            devices.forEach(device -> run().checked("deliveries", deliveries.check(device)));
        }
    }
}
