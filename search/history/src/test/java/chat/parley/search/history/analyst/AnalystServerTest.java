package chat.parley.search.history.analyst;

import chat.parley.api.account.UserId;
import chat.parley.search.history.engine.RealElasticsearch;
import chat.parley.search.history.query.SearchIndexFixture;
import chat.parley.testing.HttpAnswer;
import chat.parley.testing.TcpProxy;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import tools.jackson.databind.json.JsonMapper;

/** Tests share one server; each uses a conversation of its own. */
@SpringBootTest(classes = AnalystServer.class, webEnvironment = WebEnvironment.RANDOM_PORT)
abstract class AnalystServerTest {
    static final JsonMapper JSON = JsonMapper.shared();
    static final String ANALYST = "u-ann.analyst";
    static final String MEMBER = "u-ben.member";
    static final UserId BEN = new UserId("u-ben");

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    final String conversation = "c" + UUID.randomUUID();

    @Autowired
    SearchIndexFixture archive;

    @Autowired
    AnalystServer.Journal journal;

    @Autowired
    TcpProxy proxy;

    @Value("${local.server.port}")
    int port;

    @AfterEach
    void afterwards() {
        journal.forget();
        proxy.retarget(RealElasticsearch.shared().uri().getPort());
    }

    HttpRequest.Builder request(String token, String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + port + "/api/v1/search" + stated(path)))
                .header("Authorization", "Bearer " + token);
        return headers.length == 0 ? request : request.headers(headers);
    }

    /** With a reason, unless the test states one. */
    private static String stated(String path) {
        return path.contains("reason=") ? path : path + (path.contains("?") ? "&" : "?") + "reason=case";
    }

    HttpResponse<String> ask(String token, String path, String... headers) {
        return HttpAnswer.to(request(token, path, headers)).response();
    }

    HttpResponse<InputStream> begin(String token, String path) throws IOException, InterruptedException {
        return HTTP.send(request(token, path).build(), BodyHandlers.ofInputStream());
    }

    HttpAnswer answer(String token, String path) {
        return HttpAnswer.to(request(token, path));
    }

    /** The query, restricted to this test's conversation. */
    String query(String q) {
        return "q=" + URLEncoder.encode(q, StandardCharsets.UTF_8) + "&conversation=" + conversation;
    }
}
