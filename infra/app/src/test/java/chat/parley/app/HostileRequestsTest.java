package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import chat.parley.api.account.SystemRole;
import chat.parley.app.Endpoints.Endpoint;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/**
 * No request to any endpoint, including the framework's own decoders, causes a server error. Every refusal has a code,
 * and neither request contents nor stack traces are logged.
 */
@Isolated
class HostileRequestsTest {
    /** Part of every request, so that it can be found in logs. */
    private static final String MARKER = "zanzibar";

    /** Allows a few log lines; none of these requests may cause many. */
    private static final int MOST_LINES = 20;

    private static final int AT_ONCE = 4;
    private static final int TURNS = 3;

    private final ParleyServer server = ParleyServer.shared();
    private final Queue<ILoggingEvent> logged = new ConcurrentLinkedQueue<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            event.prepareForDeferredProcessing();
            logged.add(event);
        }
    };

    @BeforeEach
    void listen() {
        appender.start();
        root().addAppender(appender);
    }

    @AfterEach
    void listenNoMore() {
        root().detachAppender(appender);
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    /** One request and a description of its hostile part. */
    private record Attempt(Endpoint endpoint, String what, ByteBuffer request) {
        boolean isHead() {
            return what.equals("method HEAD");
        }

        @Override
        public String toString() {
            return endpoint + ": " + what;
        }
    }

    @Test
    void areAnsweredWithACodeAndNotLogged() throws Exception {
        List<Endpoint> endpoints = Endpoints.of(server);
        assertThat(endpoints).hasSizeGreaterThan(60);
        TestUser auditor = Admins.everyRole(server);
        TestUser asker = Admins.holder(server, SystemRole.ADMIN, SystemRole.ANALYST, SystemRole.INVESTIGATOR);
        TestUser leaver = server.newPerson();
        DirectConversationScenario chat = DirectConversationScenario.on(server);
        Map<String, String> values = Map.of(
                "conversation", asker.startGroup(),
                "user", chat.bob().id,
                "id", "me",
                "device", "no-such-device",
                "session", "no-such-session",
                "position", "1",
                "role", "auditor",
                "emoji", "%F0%9F%91%8D",
                "jsonFile", "x.json");

        List<String> wrong = new ArrayList<>();
        int attempts = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            Map<Attempt, Future<RawHttp.Answer>> answers = new LinkedHashMap<>();
            for (Endpoint endpoint : endpoints) {
                TestUser caller = endpoint.endsSessions() ? leaver : endpoint.isOfTheAuditSide() ? auditor : asker;
                String token = caller.accessToken();
                hostile(endpoint, endpoints.indexOf(endpoint), values, token)
                        .forEach(attempt -> answers.put(
                                attempt,
                                threads.submit(() -> RawHttp.exchange(
                                        server.port(), attempt.request().array()))));
            }
            attempts = answers.size();
            for (Map.Entry<Attempt, Future<RawHttp.Answer>> answer : answers.entrySet()) {
                RawHttp.Answer got = answer.getValue().get();
                if (!isFine(answer.getKey(), got)) {
                    wrong.add(answer.getKey() + " -> " + got.status() + " " + got.code() + " "
                            + got.body().substring(0, Math.min(200, got.body().length())));
                }
            }
        }
        assertThat(wrong).as("of %d", attempts).isEmpty();
        assertThat(logged).noneMatch(event -> event.getThrowableProxy() != null);
        assertThat(logged).noneMatch(event -> event.getFormattedMessage().contains(MARKER));
        assertThat(logged).hasSizeLessThan(MOST_LINES);
        // The server still works.
        DirectConversationScenario.send(chat.alice(), chat.id(), "still there");
        assertThat(chat.entriesThrough(2)).hasSize(2);
    }

    private static boolean isFine(Attempt attempt, RawHttp.Answer answer) {
        if (answer.status() >= 400 && answer.status() < 500) {
            return (attempt.isHead() || !answer.code().isEmpty())
                    && !answer.body().contains("Exception")
                    && !answer.body().contains(MARKER);
        }
        // An empty answer is a closed connection.
        return answer.status() >= 100 && answer.status() < 400;
    }

    /** Cases that all endpoints handle in the same code are tried at every third endpoint. */
    private static Stream<Attempt> hostile(Endpoint endpoint, int turn, Map<String, String> values, String token) {
        Request plain = new Request(endpoint, endpoint.path(values), token);
        List<Attempt> anywhere = Stream.of(
                        contentTypes(plain), accepts(plain), methods(plain), headers(plain), framings(plain))
                .flatMap(attempts -> attempts)
                .toList();
        return Stream.of(
                        queries(plain),
                        paths(plain, values),
                        bodies(plain),
                        IntStream.range(0, anywhere.size())
                                .filter(i -> (i + turn) % TURNS == 0)
                                .mapToObj(anywhere::get))
                .flatMap(attempts -> attempts);
    }

    private static Stream<Attempt> queries(Request plain) {
        List<String> badly = List.of(
                "%ff",
                "%",
                "%zz",
                "%1",
                "%00",
                "%c0%af",
                "%ed%a0%80",
                "%E2%80%AE%00%07",
                "%E2%80%AE%07",
                "\u00ff",
                "%0d%0a",
                "%u0041",
                "%F4%90%80%80");
        List<String> values = Stream.concat(
                        badly.stream().map(bad -> MARKER + bad),
                        Stream.of(
                                "",
                                "1e999999999",
                                "-1",
                                "9".repeat(400),
                                "NaN",
                                "null",
                                MARKER.repeat(3_000),
                                "[]",
                                "{}",
                                "${jndi:" + MARKER + "}",
                                "'" + MARKER + "\"\\",
                                "\"" + MARKER))
                .toList();
        Stream<Attempt> unknown = Stream.concat(
                        badly.stream().map(bad -> "x=" + bad), Stream.of("%ff=x", "%00=x", "%=x"))
                .map(query -> plain.query(query));
        Stream<Attempt> known = plain.endpoint.parameters().stream()
                .flatMap(name -> values.stream().map(value -> plain.query(name + "=" + encoded(value))));
        Stream<Attempt> repeated =
                plain.endpoint.parameters().stream().map(name -> plain.query((name + "=" + MARKER + "&").repeat(50)));
        return Stream.of(
                        unknown,
                        known,
                        repeated,
                        Stream.of(
                                plain.query("&&=&=&;"),
                                plain.query("x=1&".repeat(3_000)),
                                plain.query("x=" + "y".repeat(70_000))))
                .flatMap(attempts -> attempts);
    }

    /** Encodes only what a request line requires; malformed percent-encoding is kept. */
    private static String encoded(String value) {
        return value.replace(" ", "%20")
                .replace("{", "%7B")
                .replace("}", "%7D")
                .replace("\"", "%22")
                .replace("\\", "%5C");
    }

    private static Stream<Attempt> paths(Request plain, Map<String, String> values) {
        List<String> badly = List.of(
                "%ff",
                "%",
                "%zz",
                "%00",
                "%2f",
                "%5c",
                "%2e%2e",
                "..",
                ";a=b",
                ";",
                "%3b",
                "%25",
                "%c0%af",
                "%E2%80%AE%07",
                "%0d%0aX:%20y",
                "\u00ff",
                "x".repeat(5_000),
                "%ed%a0%80",
                "[]",
                "{}",
                "|");
        Stream<Attempt> variables = plain.endpoint.variables().stream()
                .flatMap(variable -> badly.stream().map(bad -> {
                    Map<String, String> other = new LinkedHashMap<>(values);
                    other.put(variable, MARKER + bad.replace("\\", "\\\\").replace("$", "\\$"));
                    return plain.path("path " + bad, plain.endpoint.path(other));
                }));
        return Stream.concat(
                variables,
                Stream.of(
                                "/",
                                "%2f",
                                ";" + MARKER + "=1",
                                ".json",
                                "//",
                                "/../x",
                                "/%2e%2e/x",
                                "%00",
                                "%ff",
                                "?",
                                "#x",
                                "/\u00ff")
                        .map(end -> plain.path("path end " + end, plain.path + end)));
    }

    private static Stream<Attempt> contentTypes(Request plain) {
        return Stream.of(
                        "multipart/form-data; boundary=" + MARKER,
                        "multipart/form-data",
                        "multipart/mixed; boundary=x",
                        "*/*",
                        "application/*",
                        "*",
                        "text/plain",
                        "text/plain;charset=utf-16",
                        "application/json;charset=utf-16",
                        "application/json;charset=utf-7",
                        "application/json;charset=" + MARKER,
                        "application/json;charset=",
                        "application/json; charset=\"",
                        "application/json;;;",
                        "application/json;q=" + MARKER,
                        "application/x-www-form-urlencoded",
                        "application/x-www-form-urlencoded;charset=" + MARKER,
                        "application/xml",
                        "application/cbor",
                        "application/octet-stream",
                        "text/event-stream",
                        "",
                        ";",
                        "/",
                        MARKER,
                        "application/json\t" + MARKER,
                        "application/" + "x".repeat(9_000),
                        "application/json\r\nContent-Type: text/plain")
                .flatMap(type -> Stream.of("{}", "x=%ff&%zz=" + MARKER, "--" + MARKER + "\r\n\r\n")
                        .map(body -> plain.with("Content-Type: " + type, body)));
    }

    private static Stream<Attempt> accepts(Request plain) {
        return Stream.of(
                        "image/png",
                        MARKER,
                        "*/*;q=" + MARKER,
                        "application/json;q=7",
                        ";",
                        "",
                        "text/event-stream",
                        "application/xml",
                        "application/json;charset=" + MARKER,
                        "a/b,".repeat(500),
                        "*/*, " + MARKER,
                        "\u00ff/\u00ff")
                .map(accept -> plain.with("Accept: " + accept));
    }

    private static Stream<Attempt> methods(Request plain) {
        return Stream.of(
                        "TRACE",
                        "PATCH",
                        "HEAD",
                        "OPTIONS",
                        "FOO" + MARKER,
                        "get",
                        "PROPFIND",
                        "POST",
                        "PUT",
                        "G%45T",
                        "M".repeat(9_000))
                .filter(method -> !method.equals(plain.endpoint.method()))
                .map(plain::method);
    }

    private static Stream<Attempt> headers(Request plain) {
        Stream<String> one = Stream.of(
                "Authorization: Bearer " + MARKER,
                "Authorization: Bearer",
                "Authorization: Basic " + MARKER,
                "Authorization: Bearer \u00ff",
                "Authorization: Bearer " + "x".repeat(9_000),
                "Host: [",
                "Host: a b",
                "Host: \u00ff" + MARKER,
                "Host: " + MARKER + ":99999",
                "Host: " + MARKER + "/@evil",
                "Host: " + MARKER + "|",
                "Expect: " + MARKER,
                "Cookie: " + "x=\"\u00ff;".repeat(500),
                "Range: bytes=5-1",
                "Range: bytes=" + "0-,".repeat(500),
                "Range: " + MARKER,
                "If-Modified-Since: " + MARKER,
                "If-Unmodified-Since: " + MARKER,
                "If-None-Match: " + MARKER + "\u00ff",
                "If-Match: \"" + MARKER,
                "If-Range: " + MARKER,
                "Accept-Language: " + MARKER + ";;q=x,-,\u00ff",
                "Accept-Language: " + "a-b-c,".repeat(1_000),
                "Accept-Charset: " + MARKER,
                "Accept-Encoding: " + MARKER + ";q=x",
                "Last-Event-ID: " + MARKER + "\u0001",
                "Last-Event-ID: \u00ff",
                "Origin: " + MARKER,
                "Origin: null",
                "Origin: https://evil.example\r\nAccess-Control-Request-Method: " + MARKER,
                "Content-Encoding: gzip",
                "Content-Encoding: " + MARKER,
                "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: " + MARKER,
                "Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: " + MARKER,
                "X-HTTP-Method-Override: DELETE",
                "X-Forwarded-For: " + MARKER,
                "X-Forwarded-Host: " + MARKER + "/\u0001",
                "X-Forwarded-Port: " + MARKER,
                "X-Forwarded-Proto: " + MARKER,
                "Forwarded: for=" + MARKER + ";;\"",
                "Parley-Admin-Key: " + MARKER + "\u00ff",
                MARKER,
                MARKER + "\u0000: x",
                " " + MARKER + ": x",
                "X: " + MARKER + "\r\n folded",
                "X: " + "y".repeat(70_000));
        return Stream.concat(
                one.map(plain::with),
                Stream.of(plain.with("X: y\r\n".repeat(2_000) + "X: z"), plain.with("X: " + MARKER + "\u0000")));
    }

    /** Requests whose end two parsers might see differently. */
    private static Stream<Attempt> framings(Request plain) {
        return Stream.of(
                        "Content-Length: 5\r\nContent-Length: 6",
                        "Content-Length: -1",
                        "Content-Length: +5",
                        "Content-Length: 0x5",
                        "Content-Length: 5, 6",
                        "Content-Length: 99999999999999999999",
                        "Content-Length: " + MARKER,
                        "Content-Length: 5\r\nTransfer-Encoding: chunked",
                        "Transfer-Encoding: chunked, identity",
                        "Transfer-Encoding: " + MARKER,
                        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
                        "Transfer-Encoding: xchunked",
                        "Transfer-Encoding : chunked")
                .map(framing -> plain.framed(framing, "0\r\n\r\n"));
    }

    private static Stream<Attempt> bodies(Request plain) {
        if (plain.endpoint.fields().isEmpty()) {
            return Stream.of(plain.with("Content-Type: application/json", "[" + MARKER));
        }
        Stream<String> whole = Stream.of(
                "",
                "{",
                "nul",
                "null",
                "[]",
                "\"" + MARKER + "\"",
                "1e999999999",
                "[".repeat(50_000),
                "{\"" + MARKER + "\":".repeat(5_000),
                "\u00ef\u00bb\u00bf{}",
                "{} " + MARKER,
                "{}{}",
                "{\"\u00ff\":1}",
                "\u00fe\u00ff\u0000{\u0000}",
                "{\"x\":NaN}",
                "{\"x\":" + "9".repeat(20_000) + "}",
                "{\"x\":\"\u0000\"}",
                "{\"" + "x".repeat(60_000) + "\":1}",
                "{'x':1}",
                "{\"@type\":\"java.lang.Object\",\"@class\":\"" + MARKER + "\"}");
        List<String> values = List.of(
                "null",
                "{}",
                "[]",
                "[[[[null]]]]",
                "true",
                "-1",
                "1e999999999",
                "9".repeat(900),
                "1.5",
                "\"\"",
                "\"" + MARKER + "\\u0000\"",
                "\"" + MARKER + "\\ud800\"",
                "\"" + MARKER + "\u00ff\"",
                "[null]",
                "[\"" + MARKER + "\\u0000\"]",
                "\"" + MARKER.repeat(10_000) + "\"",
                "[" + "1,".repeat(5_000) + "1]",
                "{\"" + MARKER + "\":{}}");
        Stream<String> fields = plain.endpoint.fields().stream()
                .flatMap(field -> values.stream().map(value -> object(plain.endpoint, field, value)));
        String doubled = plain.endpoint.fields().getFirst();
        return Stream.of(
                        whole,
                        fields,
                        Stream.of("{\"" + doubled + "\":\"a\",\"" + doubled + "\":[\"" + MARKER + "\"]}"))
                .flatMap(bodies -> bodies)
                .map(body -> plain.with("Content-Type: application/json", body));
    }

    /** A body with plausible values for the other fields. */
    private static String object(Endpoint endpoint, String field, String value) {
        StringBuilder object = new StringBuilder("{");
        for (String other : endpoint.fields()) {
            object.append(object.length() > 1 ? "," : "")
                    .append('"')
                    .append(other)
                    .append("\":");
            object.append(other.equals(field) ? value : other.equals("kind") ? "\"group\"" : "\"" + MARKER + "\"");
        }
        return object.append('}').toString();
    }

    /** A valid request except for one part. */
    private record Request(Endpoint endpoint, String path, String token) {
        Attempt query(String query) {
            return attempt("query " + query, endpoint.method(), path + "?" + query, "", "", true);
        }

        Attempt path(String what, String other) {
            return attempt(what, endpoint.method(), other, "", "", true);
        }

        Attempt method(String method) {
            return attempt("method " + method, method, path, "", "", true);
        }

        Attempt with(String header) {
            return attempt(header, endpoint.method(), path, header + "\r\n", "", true);
        }

        Attempt with(String header, String body) {
            return attempt(header + " " + body, endpoint.method(), path, header + "\r\n", body, true);
        }

        Attempt framed(String header, String body) {
            return attempt(header, endpoint.method(), path, header + "\r\n", body, false);
        }

        private Attempt attempt(
                String what, String method, String target, String headers, String body, boolean length) {
            ByteArrayOutputStream request = new ByteArrayOutputStream();
            request.writeBytes(RawHttp.bytes(method + " " + target + " HTTP/1.1\r\n"));
            if (!headers.startsWith("Host:")) {
                request.writeBytes(RawHttp.bytes("Host: localhost\r\n"));
            }
            if (!headers.startsWith("Authorization:")) {
                request.writeBytes(RawHttp.bytes("Authorization: Bearer " + token + "\r\n"));
            }
            if (!headers.contains("Connection:")) {
                request.writeBytes(RawHttp.bytes("Connection: close\r\n"));
            }
            request.writeBytes(RawHttp.bytes(headers));
            if (length) {
                request.writeBytes(RawHttp.bytes("Content-Length: " + body.length() + "\r\n"));
            }
            request.writeBytes(RawHttp.bytes("\r\n" + body));
            String shortened = what.substring(0, Math.min(100, what.length()));
            return new Attempt(endpoint, shortened, ByteBuffer.wrap(request.toByteArray()));
        }
    }

    /** A documented limit also applies to characters that take twelve bytes in a URL. */
    @ParameterizedTest
    @ValueSource(strings = {"한", "👍", "é", "a"})
    void longQueriesWithinTheLimitsReachTheController(String character) {
        TestUser asker = server.newPerson();
        String longest = percentEncoded(character.repeat(1_000));
        RawHttp.Answer search = get(
                asker,
                "/api/v1/search?q=" + longest + "&conversation=" + "c".repeat(64) + "&sender=" + asker.id
                        + "&tz=America/Argentina/Buenos_Aires&from=2026-01-01&to=2026-12-31");
        // Search is disabled on this server, so this code shows that the request was parsed.
        assertThat(search.code()).isEqualTo("search-off");

        assertThat(get(asker, "/api/v1/users?query=" + percentEncoded(character.repeat(64)))
                        .status())
                .isEqualTo(200);
        assertThat(get(asker, "/api/v1/users?query=" + longest).code()).isEqualTo("invalid-parameter");
        assertThat(get(asker, "/api/v1/users?query=" + "a".repeat(40_000)).status())
                .isCloseTo(413, within(1));
    }

    @Test
    void usersAreSearchedByAnyTextOfANameWithoutAnError() {
        TestUser asker = server.newPerson();
        for (String looked :
                List.of("%E2%80%AE%07", "%5E.*%24", "%24where", "%2A", "%5B", "%EF%BF%BF", "%F4%8F%BF%BF")) {
            assertThat(get(asker, "/api/v1/users?query=" + looked).status())
                    .as(looked)
                    .isLessThan(500);
        }
        assertThat(get(asker, "/api/v1/users?query=%E2%80%AE%00%07").code()).isEqualTo("invalid-parameter");
        assertThat(logged).isEmpty();
    }

    private RawHttp.Answer get(TestUser asker, String target) {
        return RawHttp.exchange(
                server.port(),
                RawHttp.bytes(
                        "GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer "
                                + asker.accessToken() + "\r\n\r\n"));
    }

    private static String percentEncoded(String text) {
        StringBuilder encoded = new StringBuilder();
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        IntStream.range(0, utf8.length).forEach(i -> encoded.append("%%%02X".formatted(utf8[i] & 0xff)));
        return encoded.toString();
    }
}
