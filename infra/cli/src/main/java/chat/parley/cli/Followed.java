package chat.parley.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;

/** Long work on the server, whose progress is shown until its end. */
final class Followed {
    private static final String DATA = "data:";

    private final Server server;
    private final String path;

    /** @param path answers a report as JSON and reports as server-sent events */
    Followed(Server server, String path) {
        this.server = server;
        this.path = path;
    }

    /** Answers the last report. */
    JsonNode toTheEnd(PrintWriter out) throws IOException, InterruptedException, RefusedByServer {
        Progress progress = Progress.on(out);
        try (BufferedReader events = new BufferedReader(
                new InputStreamReader(server.stream(path, "text/event-stream"), StandardCharsets.UTF_8))) {
            for (String line = events.readLine(); line != null; line = events.readLine()) {
                if (line.startsWith(DATA)) {
                    JsonNode report = Server.parse(line.substring(DATA.length()));
                    progress.show(report.path("percent").asDouble(), described(report));
                }
            }
        } finally {
            progress.end();
        }
        return server.call("GET", path);
    }

    private static String described(JsonNode report) {
        String left = report.hasNonNull("secondsLeft")
                ? ", " + report.path("secondsLeft").asLong() + " s left"
                : "";
        return report.path("eventsPerSecond").asLong() + " events/s" + left;
    }
}
