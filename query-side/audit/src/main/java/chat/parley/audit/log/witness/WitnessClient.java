package chat.parley.audit.log.witness;

import chat.parley.transparency.note.Note;
import chat.parley.transparency.witness.AddCheckpointRequest;
import chat.parley.transparency.witness.AddCheckpointResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sends checkpoints to one witness. */
final class WitnessClient {
    static final Duration CONNECT_LIMIT = Duration.ofSeconds(1);

    /** From the request's first byte to the answer's last one. */
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(2);

    private final HttpClient http;
    private final URI address;

    WitnessClient(HttpClient http, URI url) {
        this.http = http;
        this.address = URI.create(url.toString().replaceFirst("/+$", "") + "/add-checkpoint");
    }

    /**
     * What the witness answers.
     *
     * @throws IOException if it gives no whole answer in time
     * @throws chat.parley.transparency.TransparencyException if its answer is none of the protocol's
     */
    AddCheckpointResponse send(AddCheckpointRequest request) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> answer = http.sendAsync(
                HttpRequest.newBuilder(address)
                        .POST(BodyPublishers.ofByteArray(request.toBytes()))
                        .build(),
                BodyHandlers.limiting(BodyHandlers.ofByteArray(), Note.MAX_BYTES));
        try {
            HttpResponse<byte[]> response = answer.get(ANSWER_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            return AddCheckpointResponse.parse(response.statusCode(), response.body());
        } catch (TimeoutException slow) {
            throw new IOException("No whole answer within " + ANSWER_LIMIT.toSeconds() + " s", slow);
        } catch (ExecutionException failed) {
            throw new IOException("No answer: " + failed.getCause(), failed);
        } finally {
            answer.cancel(true);
        }
    }
}
