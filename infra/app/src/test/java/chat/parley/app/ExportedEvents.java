package chat.parley.app;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.transparency.note.VerifierKey;
import chat.parley.verify.ExportVerifier;
import chat.parley.verify.ExportVerifier.Trust;
import chat.parley.verify.ExportVerifier.Verified;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Optional;

/** Archives of {@code GET /audit/export} and of ordered exports, verified with the published key of the log. */
final class ExportedEvents {
    private ExportedEvents() {}

    /** @param parameters of the request, each after an ampersand */
    static Verified verified(ParleyServer server, TestUser auditor, Path directory, String parameters)
            throws Exception {
        return verified(server.port(), auditor, directory, parameters);
    }

    static Verified verified(int port, TestUser auditor, Path directory, String parameters) throws Exception {
        return downloaded(port, auditor, directory, "export?reason=evidence" + parameters);
    }

    /** @param export the id of an ordered export that is done */
    static Verified ordered(int port, TestUser auditor, Path directory, String export) throws Exception {
        return downloaded(port, auditor, directory, "exports/" + export + "/archive");
    }

    private static Verified downloaded(int port, TestUser auditor, Path directory, String path) throws Exception {
        Path archive = directory.resolve("export.zip");
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<Path> response = client.send(
                    HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/v1/audit/" + path))
                            .header("Authorization", "Bearer " + auditor.accessToken())
                            .build(),
                    HttpResponse.BodyHandlers.ofFile(archive, CREATE, WRITE, TRUNCATE_EXISTING));
            assertThat(response.statusCode()).isEqualTo(200);
        }
        VerifierKey published = VerifierKey.parse(new ApiClient(port, null)
                .get("/transparency/key")
                .response()
                .body()
                .strip());
        return ExportVerifier.verify(
                archive, new Trust(Optional.of(published), Optional.empty()), (bytes, of, events) -> {});
    }
}
