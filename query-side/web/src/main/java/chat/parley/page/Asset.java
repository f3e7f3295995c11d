package chat.parley.page;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;

/** A file as it is served. */
final class Asset {
    private static final Map<String, MediaType> TYPES = Map.of(
            "css", MediaType.valueOf("text/css;charset=utf-8"),
            "html", MediaType.valueOf("text/html;charset=utf-8"),
            "js", MediaType.valueOf("text/javascript;charset=utf-8"),
            "mjs", MediaType.valueOf("text/javascript;charset=utf-8"),
            "json", MediaType.APPLICATION_JSON,
            "png", MediaType.IMAGE_PNG,
            "svg", MediaType.valueOf("image/svg+xml"),
            "webmanifest", MediaType.valueOf("application/manifest+json"),
            "woff2", MediaType.valueOf("font/woff2"));

    private final String url;
    private final MediaType type;
    private final byte[] content;
    private final byte[] gzip;

    private Asset(String url, MediaType type, byte[] content) {
        this.url = url;
        this.type = type;
        this.content = content;
        this.gzip = compressed(content);
    }

    /** @param url its path on this server, whose ending tells the type */
    static Asset of(String url, byte[] content) {
        MediaType type = type(url);
        if (type == null) {
            throw new IllegalArgumentException("The page has no files like " + url);
        }
        return new Asset(url, type, content);
    }

    /** Whether the page can have a file of this name. */
    static boolean isServable(String name) {
        return type(name) != null;
    }

    private static @Nullable MediaType type(String name) {
        return TYPES.get(name.substring(name.lastIndexOf('.') + 1));
    }

    String url() {
        return url;
    }

    MediaType type() {
        return type;
    }

    byte[] content() {
        return content;
    }

    /** The content as a gzip file. */
    byte[] gzip() {
        return gzip;
    }

    boolean isModule() {
        return type.getSubtype().equals("javascript");
    }

    /** Whether compression makes it smaller. */
    boolean isCompressible() {
        return gzip.length < content.length;
    }

    /** The bytes that a browser downloads. */
    int transferredBytes() {
        return isCompressible() ? gzip.length : content.length;
    }

    /** The hash in the form that Subresource Integrity and a Content-Security-Policy have. */
    String integrity() {
        return integrity(content);
    }

    static String integrity(byte[] content) {
        return "sha256-" + Base64.getEncoder().encodeToString(sha256().digest(content));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    private static byte[] compressed(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes) {
            {
                def.setLevel(Deflater.BEST_COMPRESSION);
            }
        }) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
