package chat.parley.load.scenario;

import chat.parley.load.check.DeliveryCheck;
import chat.parley.load.client.Account;
import chat.parley.load.client.Cut;
import chat.parley.load.client.Device;
import chat.parley.load.client.Groups;
import chat.parley.load.client.History;
import chat.parley.load.client.Waiting;
import chat.parley.load.harness.Bench;
import chat.parley.load.metrics.Percentiles;
import chat.parley.load.workload.NumberedConversation;
import chat.parley.load.workload.Script;
import chat.parley.load.workload.Writing;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/** Devices of one person that were away while others wrote to that person. */
final class Away {
    private static final int DIGITS = 3;

    private final Bench bench;
    private final Groups groups;
    private final int messages;
    private final List<Device> devices = new ArrayList<>();

    /** Somebody who writes to the person. */
    private record Correspondent(Device device, NumberedConversation conversation) {}

    /** @param messages in each conversation */
    Away(Bench bench, int messages) {
        this.bench = bench;
        this.messages = messages;
        groups = new Groups(bench.rest(), bench.patience());
    }

    void play(int conversations, int deviceCount) throws IOException, InterruptedException {
        List<Account> people = bench.signUp(conversations + 1);
        Account person = people.getLast();
        for (int i = 0; i < deviceCount; i++) {
            Account account = person.on("away-" + i);
            account.register();
            Device device = new Device(account, bench.network());
            Waiting.result(device.start());
            devices.add(device);
        }
        List<Correspondent> correspondents = correspondents(people.subList(0, conversations), person);
        leave(correspondents);
        write(correspondents, person);
        comeBack();
        check(correspondents, person);
    }

    private List<Correspondent> correspondents(List<Account> people, Account person) throws InterruptedException {
        Script script = new Script(Script.USUAL_CHARACTERS);
        List<Integer> indexes = IntStream.range(0, people.size()).boxed().toList();
        return bench.each("conversations", indexes, index -> {
            Account writer = people.get(index);
            Device device = new Device(writer, bench.network());
            Waiting.result(device.start());
            String id = groups.direct(writer, person);
            return new Correspondent(device, new NumberedConversation(index, id, writer.user(), script));
        });
    }

    /** Once they have the beginning of every conversation, so that what they miss is exactly the messages. */
    private void leave(List<Correspondent> correspondents) throws InterruptedException {
        for (Device device : devices) {
            for (Correspondent one : correspondents) {
                Waiting.until(device, one.conversation.id(), 1, bench.patience());
            }
            Waiting.result(device.leave(Cut.RESET));
        }
    }

    private void write(List<Correspondent> correspondents, Account person) throws InterruptedException {
        List<Correspondent> ignored = bench.each("writing", correspondents, one -> {
            Writing writing = new Writing(one.device, bench.findings(), bench.patience());
            writing.say(one.conversation, 1, messages);
            writing.awaitAcks();
            groups.awaitReadable(person, one.conversation.id(), NumberedConversation.position(messages));
            return one;
        });
    }

    private void comeBack() throws IOException, InterruptedException {
        Histogram micros = new Histogram(DIGITS);
        Bench.Window window = bench.measure(() -> {
            for (Device device : devices) {
                long began = System.nanoTime();
                Waiting.result(device.start());
                micros.recordValue(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - began));
            }
        });
        bench.latency("dialToCaughtUp", Percentiles.of(micros));
        Double cpuSeconds = window.serverCpuSeconds();
        if (cpuSeconds != null) {
            bench.figure("serverCpuMillisPerDevice", TimeUnit.SECONDS.toMillis(1) * cpuSeconds / devices.size());
        }
    }

    private void check(List<Correspondent> correspondents, Account person) throws InterruptedException {
        for (Device device : devices) {
            Waiting.result(device.stop());
        }
        Set<String> conversations =
                correspondents.stream().map(one -> one.conversation.id()).collect(Collectors.toSet());
        devices.forEach(device -> DeliveryCheck.nothingElse(device, conversations, bench.findings()));
        long last = NumberedConversation.position(messages);
        for (Correspondent one : correspondents) {
            History history = groups.history(person, one.conversation.id(), last);
            one.conversation.check(history.entries(), 1, last, bench.findings());
            DeliveryCheck deliveries = new DeliveryCheck(history, bench.findings());
            devices.forEach(device -> bench.checked("deliveries", deliveries.check(device)));
        }
    }
}
