package chat.parley.audit.export.schedule;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * A bucket of S3 or of a server that speaks its protocol. An archive is uploaded in parts, and the request that completes
 * the upload is conditional on there being no object of its name. What a killed run has uploaded is dropped by the next.
 */
final class S3Store implements ArchiveStore, AutoCloseable {
    /** S3 takes 10,000 parts of at least 5 MB, which are 160 GB in parts of this size. */
    private static final int PART_BYTES = 16 * 1024 * 1024;

    private final S3Client client;
    private final String bucket;
    private final String folder;

    /** @param folder the beginning of each object's name; empty, or with a slash at its end */
    S3Store(S3Client client, String bucket, String folder) {
        this.client = client;
        this.bucket = bucket;
        this.folder = folder;
    }

    /** Credentials are found as all of Amazon's clients find them: environment, profile, or the machine's role. */
    static S3Store of(ExportJobProperties.S3 settings) {
        S3ClientBuilder builder = S3Client.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .forcePathStyle(settings.pathStyle());
        @Nullable String region = settings.region();
        if (region != null) {
            builder.region(Region.of(region));
        }
        @Nullable URI endpoint = settings.endpoint();
        if (endpoint != null) {
            builder.endpointOverride(endpoint);
        }
        return new S3Store(builder.build(), settings.bucket(), settings.folder());
    }

    private interface Request<T> {
        T send() throws IOException;
    }

    private static <T> T sent(Request<T> request) throws IOException {
        try {
            return request.send();
        } catch (SdkException failed) {
            throw new IOException("S3 refused a request or did not answer", failed);
        }
    }

    @Override
    public List<String> names(String prefix) throws IOException {
        return sent(() ->
                client.listObjectsV2Paginator(list -> list.bucket(bucket).prefix(folder + prefix)).contents().stream()
                        .map(S3Object::key)
                        .map(key -> key.substring(folder.length()))
                        .toList());
    }

    @Override
    public void put(String name, Path archive) throws IOException {
        String key = folder + name;
        sent(() -> {
            dropUploads(key);
            String upload = client.createMultipartUpload(
                            create -> create.bucket(bucket).key(key).contentType("application/zip"))
                    .uploadId();
            List<CompletedPart> parts = upload(key, upload, archive);
            return client.completeMultipartUpload(complete -> complete.bucket(bucket)
                    .key(key)
                    .uploadId(upload)
                    .ifNoneMatch("*")
                    .multipartUpload(all -> all.parts(parts)));
        });
    }

    /** One run has the database's lock, so nobody else uploads this object. */
    private void dropUploads(String key) {
        for (MultipartUpload left : client.listMultipartUploadsPaginator(
                        list -> list.bucket(bucket).prefix(key))
                .uploads()) {
            client.abortMultipartUpload(
                    abort -> abort.bucket(bucket).key(left.key()).uploadId(left.uploadId()));
        }
    }

    private List<CompletedPart> upload(String key, String upload, Path archive) throws IOException {
        List<CompletedPart> parts = new ArrayList<>();
        try (InputStream in = Files.newInputStream(archive)) {
            for (byte[] part = in.readNBytes(PART_BYTES); part.length > 0; part = in.readNBytes(PART_BYTES)) {
                int number = parts.size() + 1;
                String tag = client.uploadPart(
                                request -> request.bucket(bucket)
                                        .key(key)
                                        .uploadId(upload)
                                        .partNumber(number),
                                RequestBody.fromBytes(part))
                        .eTag();
                parts.add(CompletedPart.builder().partNumber(number).eTag(tag).build());
            }
        }
        return parts;
    }

    @Override
    public void close() {
        client.close();
    }

    @Override
    public String toString() {
        return "s3://" + bucket + "/" + folder;
    }
}
