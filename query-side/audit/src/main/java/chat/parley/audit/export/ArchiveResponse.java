package chat.parley.audit.export;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;

/** Answers a request with an archive. */
final class ArchiveResponse {
    static final String ZIP = "application/zip";

    private ArchiveResponse() {}

    static void write(Path archive, String name, HttpServletResponse response) throws IOException {
        response.setContentType(ZIP);
        response.setContentLengthLong(Files.size(archive));
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment().filename(name).build().toString());
        Files.copy(archive, response.getOutputStream());
    }
}
