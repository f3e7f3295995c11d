package chat.parley.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the program does when something is wrong; what it does with a real server is tested with the application. */
class UsingTheCommandLineTest {
    @TempDir
    private Path directory;

    private final List<String> requests = new ArrayList<>();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private HttpServer http;
    private int status = 200;
    private String type = "application/json";
    private String answer = "{}";
    /** By method and path; other requests get {@link #answer}. */
    private final Map<String, String> answers = new HashMap<>();

    @BeforeEach
    void serve() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/", exchange -> {
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, 0);
            try (exchange) {
                String request = exchange.getRequestMethod() + " "
                        + exchange.getRequestURI().getRawPath();
                exchange.getResponseBody()
                        .write(answers.getOrDefault(request, answer).getBytes(UTF_8));
            }
        });
        http.start();
        Files.writeString(directory.resolve("token"), "secret\n");
    }

    @AfterEach
    void stop() {
        http.stop(0);
    }

    private int run(String... args) {
        String[] all = Stream.concat(
                        Arrays.stream(args),
                        Stream.of(
                                "--server",
                                "http://localhost:" + http.getAddress().getPort(),
                                "--token-file",
                                directory.resolve("token").toString()))
                .toArray(String[]::new);
        return bare(all);
    }

    private int bare(String... args) {
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
    }

    @Test
    void aRequestHasTheTokenAndTheReason() {
        assertThat(run("grant", "영희", "auditor", "--reason", "대리 & 감사")).isZero();
        assertThat(requests)
                .containsExactly("PUT /api/v1/users/%EC%98%81%ED%9D%AC/roles/auditor?reason="
                        + "%EB%8C%80%EB%A6%AC+%26+%EA%B0%90%EC%82%AC Bearer secret ");
    }

    @Test
    void aRefusalIsToldWithWhatToDo() {
        status = 403;
        answer = "{\"code\":\"forbidden\",\"title\":\"You may not do this\",\"detail\":\"Needs the role admin\"}";
        assertThat(run("revoke", "ann", "analyst", "--reason", "left")).isEqualTo(ExitCodes.REFUSED);
        assertThat(err.toString()).contains("Needs the role admin (forbidden)", "Ask an admin");
    }

    @Test
    void anAnswerThatIsNoneIsNotASuccess() {
        status = 502;
        answer = "<html>Bad gateway</html>";
        assertThat(run("revoke", "ann", "analyst", "--reason", "left")).isEqualTo(ExitCodes.UNREACHABLE);
        assertThat(err.toString()).contains("not JSON");
    }

    @Test
    void aServerThatIsAwayIsTold() {
        int port = http.getAddress().getPort();
        http.stop(0);
        assertThat(bare(
                        "grant",
                        "ann",
                        "auditor",
                        "--reason",
                        "x",
                        "--server",
                        "http://localhost:" + port,
                        "--token-file",
                        directory.resolve("token").toString()))
                .isEqualTo(ExitCodes.UNREACHABLE);
        assertThat(err.toString()).contains("does not answer", "PARLEY_SERVER");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "grant ann auditor",
                "rebuild search",
                "export -o x.zip",
                "erase ann",
                "hold place case-7 --user ann",
                "hold lift case-7",
                "hold list",
                "grant ann --reason x",
                "no-such-command"
            })
    void withoutAReasonOrWhatElseIsNeededNothingIsSent(String line) {
        assertThat(bare(line.split(" "))).isEqualTo(ExitCodes.USAGE);
        assertThat(requests).isEmpty();
        assertThat(err.toString()).isNotBlank();
    }

    @Test
    void withoutATokenNothingIsSent() throws IOException {
        Path empty = Files.createFile(directory.resolve("empty"));
        assertThat(bare("erase", "ann", "--reason", "asked", "--token-file", empty.toString()))
                .isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString()).contains("No access token");
        assertThat(bare("erase", "ann", "--reason", "asked", "--token-file", "/no/such/file"))
                .isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString()).contains("/no/such/file");
        assertThat(requests).isEmpty();
    }

    @Test
    void aRebuildThatFailsHasAnExitCodeOfItsOwn() {
        type = "text/event-stream";
        answer = "{\"state\":\"failed\",\"failure\":\"counts-differ\",\"differences\":"
                + "[{\"count\":\"pages\",\"served\":7,\"filled\":6}]}";
        assertThat(run("rebuild", "read-model", "--reason", "check")).isEqualTo(ExitCodes.FOUND);
        assertThat(out.toString()).contains("Different: pages served 7, rebuilt 6", "counts-differ");
        assertThat(requests.getFirst())
                .startsWith("POST /api/v1/audit/rebuilds Bearer secret ")
                .contains("\"target\":\"read-model\"", "\"reason\":\"check\"");
    }

    private int export(String... more) {
        String[] all = Stream.concat(
                        Stream.of(
                                "export", "-o", directory.resolve("export.zip").toString()),
                        Arrays.stream(more))
                .toArray(String[]::new);
        return run(all);
    }

    private static String path(String request) {
        return request.substring(0, request.indexOf(" Bearer "));
    }

    @Test
    void anExportIsFollowedDownloadedAndDeleted() {
        answers.put("POST /api/v1/audit/exports", "{\"id\":\"e 1\"}");
        answers.put(
                "GET /api/v1/audit/exports/e%201",
                "{\"state\":\"done\",\"percent\":100.0,\"eventsPerSecond\":7,\"bytes\":11}");
        answers.put("GET /api/v1/audit/exports/e%201/archive", "the archive");
        assertThat(export("--reason", "case", "--select", "type=MessageSent,MessageEdited", "--select", "user=ann"))
                .as(err.toString())
                .isZero();
        assertThat(directory.resolve("export.zip")).hasContent("the archive");
        assertThat(requests.getFirst())
                .contains("\"reason\":\"case\"", "\"type\":[\"MessageSent\",\"MessageEdited\"]", "\"user\":\"ann\"");
        assertThat(requests.stream().map(UsingTheCommandLineTest::path))
                .containsExactly(
                        "POST /api/v1/audit/exports",
                        "GET /api/v1/audit/exports/e%201",
                        "GET /api/v1/audit/exports/e%201",
                        "GET /api/v1/audit/exports/e%201/archive",
                        "DELETE /api/v1/audit/exports/e%201");
        assertThat(err.toString()).contains("--id e 1");
    }

    @Test
    void anExportIsPickedUpByItsId() {
        answer = "{\"state\":\"done\",\"bytes\":1}";
        assertThat(export("--id", "e1")).isZero();
        assertThat(requests).noneMatch(request -> request.startsWith("POST"));
        assertThat(export("--id", "e1", "--reason", "x")).isEqualTo(ExitCodes.USAGE);
    }

    @Test
    void anExportThatTheServerGivesUpHasAnExitCodeOfItsOwn() {
        answer = "{\"id\":\"e1\",\"state\":\"failed\",\"failure\":\"search-starting\"}";
        assertThat(export("--reason", "case")).isEqualTo(ExitCodes.FOUND);
        assertThat(out.toString()).contains("search-starting");
        assertThat(directory.resolve("export.zip")).doesNotExist();
    }

    @Test
    void anExportThatIsRefusedLeavesNoFile() {
        status = 404;
        answer = "{\"code\":\"conversation-not-found\",\"title\":\"There is no such conversation\"}";
        assertThat(export("--reason", "case", "--select", "conversation=c")).isEqualTo(ExitCodes.REFUSED);
        assertThat(directory.resolve("export.zip")).doesNotExist();
        assertThat(requests.getFirst())
                .startsWith("POST /api/v1/audit/exports ")
                .contains("\"conversation\":\"c\"");
    }

    @Test
    void holdsAndErasuresAreWhatTheServerReads() {
        assertThat(run("hold", "place", "case-7", "--user", "ann", "--conversation", "c", "--reason", "x"))
                .isZero();
        assertThat(run("hold", "place", "case-8", "--query", "from:ann", "--reason", "x"))
                .isZero();
        assertThat(run("hold", "lift", "case-7", "--reason", "over")).isZero();
        assertThat(run("erase", "ann", "--reason", "asked")).isZero();
        assertThat(run("erase", "ann", "--status", "--reason", "asked")).isZero();
        assertThat(requests.get(0)).contains("\"users\":[\"ann\"]", "\"conversations\":[\"c\"]", "\"hold\":\"case-7\"");
        assertThat(requests.get(1)).contains("\"query\":\"from:ann\"").doesNotContain("users");
        assertThat(requests.get(2)).startsWith("DELETE /api/v1/audit/holds/case-7?reason=over ");
        assertThat(requests.get(3)).startsWith("POST /api/v1/audit/erasures ").contains("\"user\":\"ann\"");
        assertThat(requests.get(4)).startsWith("GET /api/v1/audit/erasures/ann?reason=asked ");
    }

    @Test
    void aLoginWritesATokenThatOnlyItsOwnerReads() throws IOException {
        answer = "{\"accessToken\":\"fresh\"}";
        Path password = Files.writeString(directory.resolve("password"), "correct horse\n");
        Path token = directory.resolve("fresh");
        assertThat(bare(
                        "login",
                        "ada",
                        "--server",
                        "http://localhost:" + http.getAddress().getPort(),
                        "--password-file",
                        password.toString(),
                        "--write",
                        token.toString()))
                .isZero();
        assertThat(token).hasContent("fresh");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(token)))
                .isEqualTo("rw-------");
        assertThat(requests.getFirst()).contains("\"password\":\"correct horse\"", "\"username\":\"ada\"");
    }

    @Test
    void everyCommandHasHelp() {
        for (String command : List.of("login", "grant", "revoke", "rebuild", "export", "hold", "erase")) {
            assertThat(bare(command, "--help")).as(command).isZero();
        }
        assertThat(bare()).isZero();
        assertThat(out.toString()).contains("Exit codes:", "verify", "witness", "--reason");
    }

    @Test
    void theVerifierIsPartOfIt() throws IOException {
        Path archive = Files.writeString(directory.resolve("export.zip"), "no archive");
        assertThat(bare("verify", archive.toString())).isEqualTo(ExitCodes.FOUND);
        assertThat(bare("verify", directory.resolve("none.zip").toString())).isEqualTo(ExitCodes.USAGE);
        assertThat(bare("witness", "--port", "x")).isEqualTo(ExitCodes.USAGE);
    }
}
