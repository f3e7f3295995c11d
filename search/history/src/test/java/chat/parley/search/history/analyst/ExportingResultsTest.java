package chat.parley.search.history.analyst;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.search.history.document.MessageDocument;
import chat.parley.search.history.query.SearchIndexFixture;
import chat.parley.testing.TcpProxy;
import co.elastic.clients.elasticsearch._types.Refresh;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ExportingResultsTest extends AnalystServerTest {
    private static final int PAGES = 3;
    private static final long MESSAGES = PAGES * (long) ResultPages.PAGE - 10;
    private static final List<String> SPECIAL = List.of(
            "tea, \"tea\"\r\nand\ttea\n",
            "tea 녹차 한 잔 👩‍👩‍👧 \u2028 \\ </script>",
            "=HYPERLINK(\"tea\")",
            "-tea",
            "＝tea",
            "tea " + "long".repeat(24_999));

    private void talk(List<String> texts) {
        List<MessageDocument> documents = new ArrayList<>();
        for (String text : texts) {
            documents.add(SearchIndexFixture.message(conversation, documents.size() + 1, BEN, text));
        }
        archive.write(documents, Refresh.True);
    }

    private void talkForSeveralPages() {
        talk(LongStream.rangeClosed(1, MESSAGES)
                .mapToObj(message -> "tea " + message)
                .toList());
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    private JsonNode progress(String export) throws IOException, InterruptedException {
        return answer(ANALYST, "/exports/" + export).is(200).body();
    }

    private List<JsonNode> lines(HttpResponse<String> response) {
        return response.body().lines().map(JSON::readTree).toList();
    }

    @Test
    void hasEveryMessageInOrderAndAnEndLine() throws Exception {
        talkForSeveralPages();
        HttpResponse<String> response = ask(ANALYST, "/export?format=ndjson&" + query("tea"));
        List<JsonNode> lines = lines(response);
        assertThat(lines.subList(0, lines.size() - 1))
                .extracting(line -> line.path("position").asLong())
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, MESSAGES).boxed().toList());
        assertThat(lines.getLast()).hasToString("{\"exported\":" + MESSAGES + "}");
        assertThat(header(response, ExportController.TOTAL)).isEqualTo(Long.toString(MESSAGES));
        assertThat(journal.recorded())
                .containsExactly("u-ann EXPORT tea conversation=" + conversation + " " + MESSAGES);
        JsonNode progress = progress(header(response, ExportController.ID));
        assertThat(progress.path("state").asString()).isEqualTo("finished");
        assertThat(progress.path("done").asLong()).isEqualTo(MESSAGES);
        assertThat(progress.path("total").asLong()).isEqualTo(MESSAGES);
        assertThat(progress.path("rate").asLong()).isPositive();
    }

    @Test
    void keepsWholeTextsOfAnyContentAsLines() throws Exception {
        talk(SPECIAL);
        HttpResponse<String> response = ask(ANALYST, "/export?format=ndjson&conversation=" + conversation);
        assertThat(lines(response))
                .hasSize(SPECIAL.size() + 1)
                .extracting(line -> line.path("text").asString(""))
                .startsWith(SPECIAL.toArray(String[]::new));
    }

    @Test
    void keepsWholeTextsAsRowsWithoutFormulas() throws Exception {
        talk(SPECIAL);
        HttpResponse<String> response = ask(ANALYST, "/export?format=csv&conversation=" + conversation);
        assertThat(header(response, "Content-Type")).isEqualToIgnoringCase("text/csv;charset=UTF-8;header=present");
        try (CSVParser rows = CSVParser.parse(
                response.body(),
                CSVFormat.RFC4180
                        .builder()
                        .setHeader()
                        .setSkipHeaderRecord(true)
                        .get())) {
            List<CSVRecord> records = rows.getRecords();
            assertThat(records)
                    .extracting(row -> row.get("text"))
                    .containsExactly(
                            SPECIAL.get(0),
                            SPECIAL.get(1),
                            "'" + SPECIAL.get(2),
                            "'" + SPECIAL.get(3),
                            "'" + SPECIAL.get(4),
                            SPECIAL.get(5));
            assertThat(records.getFirst().get("at"))
                    .isEqualTo(SearchIndexFixture.at(1).toString());
            assertThat(records.getFirst().get("until")).isEmpty();
        }
    }

    @Test
    void leavesRetractedMessagesOutAndIsComplete() throws Exception {
        talkForSeveralPages();
        MessageDocument retracted = SearchIndexFixture.message(conversation, MESSAGES - 1, BEN, "tea");
        journal.meanwhile(() -> archive.writeUnseen(SearchIndexFixture.tombstone(retracted, MESSAGES + 1)));
        HttpResponse<String> response = ask(ANALYST, "/export?format=ndjson&" + query("tea"));
        assertThat(lines(response).getLast()).hasToString("{\"exported\":" + (MESSAGES - 1) + "}");
        JsonNode progress = progress(header(response, ExportController.ID));
        assertThat(progress.path("done").asLong()).isEqualTo(MESSAGES);
        assertThat(progress.path("exported").asLong()).isEqualTo(MESSAGES - 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ndjson", "csv"})
    void closesTheConnectionIfElasticsearchFails(String format) throws Exception {
        talkForSeveralPages();
        journal.meanwhile(() -> {
            proxy.retarget(TcpProxy.NOWHERE);
            proxy.cut();
        });
        HttpResponse<InputStream> response = begin(ANALYST, "/export?format=" + format + "&" + query("tea"));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThatThrownBy(() -> response.body().readAllBytes()).isInstanceOf(IOException.class);
        JsonNode progress = progress(header(response, ExportController.ID));
        assertThat(progress.path("state").asString()).isEqualTo("failed");
        assertThat(progress.path("done").asLong()).isEqualTo(ResultPages.PAGE);
    }

    @Test
    void streamsItsProgressUntilItsEnd() throws Exception {
        talkForSeveralPages();
        String export = header(ask(ANALYST, "/export?format=csv&" + query("tea")), ExportController.ID);
        HttpResponse<String> events = ask(ANALYST, "/exports/" + export, "Accept", "text/event-stream");
        assertThat(header(events, "Content-Type")).startsWith("text/event-stream");
        assertThat(events.body()).startsWith("event:progress\n").contains("\"state\":\"finished\"");
    }

    @Test
    void releasesItsResourcesIfTheClientDisconnects() throws Exception {
        talkForSeveralPages();
        // A test that cuts the connection to Elasticsearch leaves contexts there until they expire.
        long before = archive.openContexts();
        Socket client = new Socket("localhost", port);
        journal.meanwhile(() -> reset(client));
        client.getOutputStream()
                .write(("GET /api/v1/search/export?format=csv&reason=case&" + query("tea")
                                + " HTTP/1.1\r\nHost: localhost\r\n" + "Authorization: Bearer " + ANALYST + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(journal.recorded()).hasSize(1));
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(archive.openContexts()).isEqualTo(before));
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void beginsOnlyAfterItIsRecorded() throws Exception {
        talkForSeveralPages();
        journal.meanwhile(() -> {
            throw new Refused(Refusal.RETRY_LATER);
        });
        HttpResponse<String> response = ask(ANALYST, "/export?format=csv&" + query("tea"));
        assertThat(response.statusCode()).isEqualTo(Refusal.RETRY_LATER.status());
        assertThat(response.body()).doesNotContain("tea");
        assertThat(header(response, ExportController.TOTAL)).isEmpty();
    }

    @Test
    void isOnlyForAnalystsAndTheirOwnExports() throws Exception {
        talk(List.of("tea"));
        answer(MEMBER, "/export?format=csv&" + query("tea")).isRefused(Refusal.FORBIDDEN);
        answer(ANALYST, "/export?format=xlsx&" + query("tea")).isRefused(Refusal.INVALID_PARAMETER);
        assertThat(journal.recorded()).isEmpty();
        String export = header(ask(ANALYST, "/export?format=csv&" + query("tea")), ExportController.ID);
        answer("u-zoe.analyst", "/exports/" + export).isRefused(Refusal.EXPORT_NOT_FOUND);
        answer(ANALYST, "/exports/unknown").isRefused(Refusal.EXPORT_NOT_FOUND);
    }

    @Test
    void isLimitedPerUser() throws Exception {
        talk(List.of("tea"));
        String path = "/export?format=csv&" + query("tea");
        AtomicReference<String> third = new AtomicReference<>();
        journal.meanwhile(() -> {
            journal.meanwhile(() -> third.set(ask(ANALYST, path).body()));
            third.compareAndSet(null, ask(ANALYST, path).body());
        });
        assertThat(ask(ANALYST, path).statusCode()).isEqualTo(200);
        assertThat(third.get()).contains("limit-exceeded");
        journal.forget();
        assertThat(ask(ANALYST, path).statusCode()).isEqualTo(200);
    }
}
