package chat.parley.search.history.query;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.Visibility;
import chat.parley.search.history.engine.RealElasticsearch;
import chat.parley.search.history.engine.SearchEngine;
import chat.parley.search.history.engine.TestEngines;
import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.json.jackson.Jackson3JsonpMapper;
import co.elastic.clients.transport.rest5_client.Rest5ClientTransport;
import co.elastic.clients.transport.rest5_client.low_level.Rest5Client;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import org.junit.jupiter.api.Test;

class SearchingWithoutAnEngineTest {
    private static final UserId ANN = new UserId("u-ann");

    @Test
    void searchIsOff() throws Exception {
        searching(new SearchEngine(null)).ask(ANN, "q", "tea").isRefused("search-off", 404);
    }

    @Test
    void searchIsStarting() throws Exception {
        ElasticsearchClient client = RealElasticsearch.shared().client();
        searching(new SearchEngine(client)).ask(ANN, "q", "tea").isRefused("search-starting", 503);
    }

    @Test
    void searchIsUnavailable() throws Exception {
        ElasticsearchClient client = RealElasticsearch.shared().client();
        searching(TestEngines.silent(client)).ask(ANN, "q", "tea").isRefused("search-unavailable", 503);
    }

    @Test
    void theFailureOfTheEngineIsNotDetectedYet() throws Exception {
        try (ElasticsearchClient client = nowhere()) {
            searching(TestEngines.up(client)).ask(ANN, "q", "tea").isRefused("search-unavailable", 503);
        }
    }

    private static SearchClientFixture searching(SearchEngine engine) {
        return new SearchClientFixture(
                engine,
                IndexAliases.PARLEY,
                new FakePermissionQueries().shows(ANN, "talk", Visibility.ALL),
                (analyst, use, query, reason, hits) -> {});
    }

    /** An address without a listener. */
    private static ElasticsearchClient nowhere() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        return new ElasticsearchClient(new Rest5ClientTransport(
                Rest5Client.builder(URI.create("http://127.0.0.1:" + port)).build(), new Jackson3JsonpMapper()));
    }
}
