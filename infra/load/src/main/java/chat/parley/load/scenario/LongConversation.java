package chat.parley.load.scenario;

import chat.parley.load.client.Account;
import chat.parley.load.client.Device;
import chat.parley.load.client.Groups;
import chat.parley.load.client.History;
import chat.parley.load.client.Waiting;
import chat.parley.load.harness.Bench;
import chat.parley.load.harness.Progress;
import chat.parley.load.workload.NumberedConversation;
import chat.parley.load.workload.Reads;
import chat.parley.load.workload.Script;
import chat.parley.load.workload.Writing;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** The conversation of the first two people of a run, of whom one talks; a later run of the same name finds it again. */
final class LongConversation {
    private final Bench bench;
    private final Account writer;
    private final Account reader;
    private final Groups conversations;
    private final NumberedConversation conversation;

    private LongConversation(
            Bench bench, Account writer, Account reader, Groups conversations, NumberedConversation conversation) {
        this.bench = bench;
        this.writer = writer;
        this.reader = reader;
        this.conversations = conversations;
        this.conversation = conversation;
    }

    static LongConversation of(Bench bench) throws InterruptedException {
        List<Account> people = bench.signUp(2);
        Account writer = people.getFirst();
        Account reader = people.getLast();
        Groups conversations = new Groups(bench.rest(), bench.patience());
        String id = conversations.direct(writer, reader);
        Script script = new Script(Script.USUAL_CHARACTERS);
        return new LongConversation(
                bench, writer, reader, conversations, new NumberedConversation(0, id, writer.user(), script));
    }

    Account reader() {
        return reader;
    }

    /** How many messages there are that can be read. */
    int messages() {
        return Math.toIntExact(conversations.head(reader, conversation.id()) - 1);
    }

    /** Sends one message after the other, as far as to this one. */
    void fill(int messages) throws InterruptedException {
        int first = messages() + 1;
        long count = messages - first + 1L;
        Device device = new Device(writer, bench.network());
        Waiting.result(device.start());
        Writing writing = new Writing(device, bench.findings(), bench.patience());
        long ackedBefore = bench.meters().acked.sum();
        long began = System.nanoTime();
        try (Progress _ =
                bench.progress("filling", count, () -> bench.meters().acked.sum() - ackedBefore)) {
            writing.say(conversation, first, messages);
            writing.awaitAcks();
        }
        double seconds = (System.nanoTime() - began) / (double) TimeUnit.SECONDS.toNanos(1);
        bench.figure("filledMessagesPerSecond", count / seconds);
        Waiting.result(device.stop());
        conversations.awaitReadable(reader, conversation.id(), NumberedConversation.position(messages));
    }

    /** What follows a position, so many entries. */
    Reads.Question page(long after, int size) {
        String path = "/conversations/" + conversation.id() + "/entries?after=" + after + "&limit=" + size;
        return new Reads.Question(path, answer -> check(answer, after, size));
    }

    private void check(JsonNode answer, long after, int size) {
        History page = new History(conversation.id());
        answer.path("entries").forEach(page::add);
        conversation.check(page.entries(), after + 1, size, bench.findings());
    }
}
