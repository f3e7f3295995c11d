package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The alerts and dashboards of infra/monitoring ask only for metrics that Parley has. */
class MonitoringFilesTest {
    private static final Path INFRA = Path.of("..").toAbsolutePath().normalize();
    private static final Path MONITORING = INFRA.resolve("monitoring");

    /** A name that is not a function and not a label. */
    private static final Pattern METRIC =
            Pattern.compile("(?<![\\w$\"])([a-z][a-z0-9]*(?:_[a-z0-9]+)+)(?!\\w|\\s*\\()");

    private static final Pattern LABELS = Pattern.compile("\\{[^}]*}");
    private static final Pattern STRINGS = Pattern.compile("\"[^\"]*\"");

    /** What Prometheus adds to the name of a meter. */
    private static final String UNIT_AND_KIND = "(_seconds|_events)?(_total|_bucket|_sum|_count|_max)?";

    /** What it adds to the name of a histogram for each of its samples. */
    private static final String SAMPLE = "(_bucket|_sum|_count|_max)$";

    /** Made by Prometheus itself. */
    private static final Set<String> OF_PROMETHEUS = Set.of("up");

    /** Beginnings of the metrics that a server has only if the part is configured or was used. */
    private static final Map<String, Path> OF_OPTIONAL_PARTS = Map.of(
            "parley_search_", Path.of("search/history"),
            "parley_discovery_", Path.of("infra/discovery"),
            "parley_notifications_", Path.of("query-side/notifications"),
            "parley_transparency_witness_", Path.of("query-side/audit"),
            "parley_audit_exports_", Path.of("query-side/audit"),
            "parley_connections_refused_", Path.of("infra/web"));

    @Test
    void alertsAskForMetricsThatExist() throws IOException {
        assertThat(expressionsOfAlerts()).hasSizeGreaterThan(10);
        assertThat(missing(expressionsOfAlerts())).isEmpty();
    }

    @Test
    void dashboardsAskForMetricsThatExist() throws IOException {
        for (Path dashboard : dashboards()) {
            List<String> expressions = expressionsOfDashboard(dashboard);
            assertThat(expressions).as(dashboard.toString()).hasSizeGreaterThan(5);
            assertThat(missing(expressions)).as(dashboard.toString()).isEmpty();
        }
    }

    @Test
    void theirMetricsAreExplained() throws IOException {
        Set<String> used = used(expressionsOfAlerts());
        for (Path dashboard : dashboards()) {
            used.addAll(used(expressionsOfDashboard(dashboard)));
        }
        String page = Files.readString(INFRA.resolve("operations/monitoring.md"));
        assertThat(used)
                .filteredOn(name -> name.startsWith("parley_"))
                .allSatisfy(name -> assertThat(page).containsPattern("`" + name.replaceAll(SAMPLE, "") + "[`{]"));
    }

    @Test
    void everyAlertSaysWhatToDo() throws IOException {
        assertThat(rules()).allSatisfy(rule -> {
            assertThat(rule.propertyNames()).contains("alert", "expr", "labels", "annotations");
            assertThat(rule.path("annotations").propertyNames()).containsExactlyInAnyOrder("summary", "description");
            assertThat(rule.path("labels").propertyNames()).containsExactly("severity");
        });
        assertThat(rules().stream().map(rule -> rule.path("alert").asString())).doesNotHaveDuplicates();
    }

    @Test
    void findsAMetricThatDoesNotExist() throws IOException {
        assertThat(missing(List.of(
                        "rate(parley_made_up_total{instance=~\"$instance\"}[5m]) > 0",
                        "sum by (le, instance) (rate(parley_sessions[5m]))",
                        "parley_search_made_up")))
                .containsExactlyInAnyOrder("parley_made_up_total", "parley_search_made_up");
    }

    private static Set<String> missing(List<String> expressions) throws IOException {
        Set<String> missing = used(expressions);
        missing.removeAll(OF_PROMETHEUS);
        missing.removeAll(served());
        for (var part : OF_OPTIONAL_PARTS.entrySet()) {
            if (missing.stream().anyMatch(name -> name.startsWith(part.getKey()))) {
                Set<String> meters = metersIn(INFRA.resolveSibling(part.getValue()));
                missing.removeIf(name -> name.startsWith(part.getKey())
                        && meters.stream().anyMatch(meter -> name.matches(meter + UNIT_AND_KIND)));
            }
        }
        return missing;
    }

    private static Set<String> used(List<String> expressions) {
        return expressions.stream()
                .map(expression -> expression.replaceAll("\\b(by|without|on|ignoring)\\s*\\([^)]*\\)", ""))
                .map(expression -> LABELS.matcher(expression).replaceAll(""))
                .map(expression -> STRINGS.matcher(expression).replaceAll(""))
                .flatMap(expression -> METRIC.matcher(expression).results())
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The names of all samples of a server that has handled a request and a message. */
    private static Set<String> served() {
        ParleyServer server = ParleyServer.shared();
        DirectConversationScenario chat = DirectConversationScenario.on(server);
        try (SocketClient socket = chat.alice().connect()) {
            socket.ask(TestUser.message(chat.id(), "measured"));
        }
        String samples =
                Admins.admin(server).rest.get("/actuator/prometheus").response().body();
        return samples.lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("[{ ]", 2)[0])
                .collect(Collectors.toSet());
    }

    /** The meters that a module names, as Prometheus names them. */
    private static Set<String> metersIn(Path module) throws IOException {
        Pattern literal = Pattern.compile("\"(parley\\.[a-z.]+)\"");
        try (Stream<Path> files = Files.walk(module.resolve("src/main/java"))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(MonitoringFilesTest::read)
                    .flatMap(source -> literal.matcher(source).results())
                    .map(found -> found.group(1).replace('.', '_'))
                    .collect(Collectors.toSet());
        }
    }

    private static List<String> expressionsOfAlerts() throws IOException {
        return rules().stream().map(rule -> rule.path("expr").asString()).toList();
    }

    private static List<JsonNode> rules() throws IOException {
        JsonNode file =
                JsonMapper.shared().valueToTree(new Yaml().load(Files.readString(MONITORING.resolve("alerts.yml"))));
        return file.path("groups")
                .valueStream()
                .flatMap(group -> group.path("rules").valueStream())
                .toList();
    }

    private static List<Path> dashboards() throws IOException {
        try (Stream<Path> files = Files.list(MONITORING.resolve("grafana/dashboards"))) {
            List<Path> dashboards = files.sorted().toList();
            assertThat(dashboards).hasSizeGreaterThan(1);
            return dashboards;
        }
    }

    private static List<String> expressionsOfDashboard(Path dashboard) {
        Set<String> expressions = new LinkedHashSet<>();
        for (JsonNode panel : JsonMapper.shared().readTree(read(dashboard)).path("panels")) {
            for (JsonNode target : panel.path("targets")) {
                expressions.add(target.path("expr").asString());
            }
        }
        return List.copyOf(expressions);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
