package chat.parley.load.scenario;

import chat.parley.load.check.Violations;
import chat.parley.load.client.UserAccount;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** A comparison of the search index with the conversations, made by the server. */
@Command(
        name = "index-check",
        description =
                "Waits until the search index is up to date, then has the server compare it with the conversations"
                        + " of the people of an earlier run, which had the same --run and --password.")
final class IndexCheckScenario extends Scenario {
    @Option(names = "--people", defaultValue = "200", description = "Of the earlier run (${DEFAULT-VALUE}).")
    private int people;

    @Override
    Map<String, Object> settings() {
        return Map.of("people", people);
    }

    /** Measures the index lag first, because signing in takes time. */
    @Override
    void play() throws InterruptedException {
        run().figure("indexLagSeconds", SearchScenario.awaitIndexed(run()));
        List<UserAccount> accounts = run().signUp(people);
        Set<String> conversations = new TreeSet<>();
        run().inParallel(
                        "inboxes",
                        accounts,
                        account -> account.call(token -> run().rest().get("/inbox", token)))
                .forEach(inbox -> inbox.path("conversations")
                        .forEach(one -> conversations.add(one.path("id").asString())));
        UserAccount admin = accounts.getFirst();
        run().grantRoles(admin);
        List<JsonNode> reports = run().inParallel(
                        "comparing",
                        List.copyOf(conversations),
                        id -> admin.call(token ->
                                run().rest().post("/search/checks?reason=load%20test&conversation=" + id, token)));
        reports.forEach(this::check);
        run().checked("conversations", reports.size());
        run().checked(
                        "messages",
                        reports.stream()
                                .mapToLong(report -> report.path("messages").asLong())
                                .sum());
    }

    private void check(JsonNode report) {
        report.path("counts").forEachEntry((kind, count) -> {
            if (count.asLong() > 0) {
                String where = report.path("conversation").asString() + ": " + kind;
                run().violations().add(Violations.Kind.INDEX_DIFFERS, count.asLong(), where);
            }
        });
    }
}
