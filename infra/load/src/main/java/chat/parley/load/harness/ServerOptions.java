package chat.parley.load.harness;

import chat.parley.load.client.RestClient;
import chat.parley.load.metrics.ClientMetrics;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The server under load, and how long to wait for it. */
public final class ServerOptions {
    @Option(names = "--url", defaultValue = "http://localhost:8080", description = "The server (${DEFAULT-VALUE}).")
    URI url = URI.create("http://localhost:8080");

    @Option(names = "--management-url", description = "The management address with its metrics, if it differs.")
    @Nullable
    URI managementUrl;

    @Option(
            names = "--patience",
            paramLabel = "SECONDS",
            defaultValue = "180",
            description = "How long the server may be unavailable before the run is aborted (${DEFAULT-VALUE}).")
    public int patienceSeconds;

    @Option(
            names = "--rest-concurrency",
            defaultValue = "16",
            description = "Concurrent REST requests and sign-ups (${DEFAULT-VALUE}).")
    public int restConcurrency;

    public Duration patience() {
        return Duration.ofSeconds(patienceSeconds);
    }

    public RestClient rest(ClientMetrics metrics) {
        return new RestClient(url, managementUrl == null ? url : managementUrl, restConcurrency, patience(), metrics);
    }
}
