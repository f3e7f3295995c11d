package chat.parley.load.scenario;

import chat.parley.load.check.Violations;
import chat.parley.load.client.UserAccount;
import chat.parley.load.harness.ScenarioRun;
import java.util.List;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** Whether the index has what people said, by the server's own comparison. */
final class IndexCheckScenario {
    private final ScenarioRun bench;
    private final int count;

    /** @param count of the people of an earlier run */
    IndexCheckScenario(ScenarioRun bench, int count) {
        this.bench = bench;
        this.count = count;
    }

    /** How far the index is behind is measured first: signing in takes time. */
    void play() throws InterruptedException {
        bench.figure("indexLagSeconds", SearchScenario.awaitIndexed(bench));
        List<UserAccount> people = bench.signUp(count);
        TreeSet<String> conversations = new TreeSet<>();
        bench.each(
                        "inboxes",
                        people,
                        person -> person.call(token -> bench.rest().get("/inbox", token)))
                .forEach(inbox -> inbox.path("conversations")
                        .forEach(one -> conversations.add(one.path("id").asString())));
        UserAccount admin = people.getFirst();
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
                bench.violations()
                        .add(
                                Violations.Kind.INDEX_DIFFERS,
                                count.asLong(),
                                report.path("conversation").asString() + ": " + kind);
            }
        });
    }
}
