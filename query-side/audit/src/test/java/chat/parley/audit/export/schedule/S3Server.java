package chat.parley.audit.export.schedule;

import chat.parley.testing.ChildJvm;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** A server of another maker that speaks the protocol of S3, as a process of its own. */
final class S3Server implements AutoCloseable {
    private static final Pattern READY =
            Pattern.compile("Tomcat started on ports? \\d+ \\(https\\), (\\d+) \\(http\\)");

    private final ChildJvm process;

    S3Server(Path directory, String bucket) throws IOException {
        process = ChildJvm.start(
                directory.resolve("s3.log"),
                List.of(
                        "-Xmx256m",
                        "-jar",
                        Objects.requireNonNull(
                                System.getProperty("parley.test.s3-server"), "Maven names the jar of the S3 server"),
                        "--server.port=0",
                        "--com.adobe.testing.s3mock.http-port=0",
                        "--com.adobe.testing.s3mock.store.initial-buckets=" + bucket,
                        "--com.adobe.testing.s3mock.store.root=" + Files.createDirectory(directory.resolve("s3"))));
    }

    S3Client client() {
        return S3Client.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
                .endpointOverride(URI.create("http://localhost:" + process.await(READY)))
                .forcePathStyle(true)
                .build();
    }

    @Override
    public void close() {
        process.kill();
    }
}
