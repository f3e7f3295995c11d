package chat.parley.load.scenario;

import chat.parley.load.check.Findings;
import chat.parley.load.client.Account;
import chat.parley.load.harness.Bench;
import java.util.List;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** Whether the index has what people said, by the server's own comparison. */
final class IndexCheck {
    private final Bench bench;
    private final int count;

    /** @param count of the people of an earlier run */
    IndexCheck(Bench bench, int count) {
        this.bench = bench;
        this.count = count;
    }

    /** How far the index is behind is measured first: signing in takes time. */
    void play() throws InterruptedException {
        bench.figure("indexLagSeconds", Searching.awaitIndexed(bench));
        List<Account> people = bench.signUp(count);
        TreeSet<String> conversations = new TreeSet<>();
        bench.each(
                        "inboxes",
                        people,
                        person -> person.call(token -> bench.rest().get("/inbox", token)))
                .forEach(inbox -> inbox.path("conversations")
                        .forEach(one -> conversations.add(one.path("id").asString())));
        Account admin = people.getFirst();
        bench.grant(admin);
        List<JsonNode> compared = bench.each(
                "comparing",
                List.copyOf(conversations),
                conversation ->
                        admin.call(token -> bench.rest().post("/search/checks?conversation=" + conversation, token)));
        compared.forEach(this::check);
        bench.checked("conversations", compared.size());
        bench.checked(
                "messages",
                compared.stream()
                        .mapToLong(report -> report.path("messages").asLong())
                        .sum());
    }

    private void check(JsonNode report) {
        report.path("counts").forEachEntry((kind, count) -> {
            if (count.asLong() > 0) {
                bench.findings()
                        .add(
                                Findings.Kind.INDEX_DIFFERS,
                                count.asLong(),
                                report.path("conversation").asString() + ": " + kind);
            }
        });
    }
}
