package chat.parley.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * One hash for all tiles of an archive, because a line of the manifest for each of them would make it as large as the
 * archive is long: the SHA-256 of the name and the SHA-256 in hex of each tile, in their order, each with a newline.
 */
final class TilesDigest {
    private final MessageDigest digest = ArchiveWriter.sha256();
    private long count;

    void add(String name, String sha256) {
        digest.update((name + "\n" + sha256 + "\n").getBytes(UTF_8));
        count++;
    }

    /** Ends the digest. */
    Manifest.Tiles tiles() {
        return new Manifest.Tiles(count, HexFormat.of().formatHex(digest.digest()));
    }
}
