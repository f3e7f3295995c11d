package chat.parley.identity.security;

import chat.parley.api.RandomValues;
import chat.parley.api.process.PrivateFiles;
import chat.parley.web.address.RequestAddresses;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Admits the first admin: a request from this machine with the key from a file that only the owner of the server
 * process can read. The key changes with every start.
 */
public final class AdminKey {
    static final String HEADER = "Parley-Admin-Key";
    static final String FILE = "admin.key";

    private static final Logger log = LoggerFactory.getLogger(AdminKey.class);
    private static final int BYTES = 32;

    private final Optional<byte[]> key;

    public AdminKey(Path dataDir) {
        this.key = written(dataDir);
    }

    private static Optional<byte[]> written(Path dataDir) {
        String key = RandomValues.text(BYTES);
        try {
            Files.createDirectories(dataDir);
            PrivateFiles.write(dataDir.resolve(FILE), key + System.lineSeparator());
            return Optional.of(key.getBytes(StandardCharsets.UTF_8));
        } catch (IOException | UnsupportedOperationException e) {
            log.warn(
                    "The admin key could not be written to {}, so no first admin can be made on this node;"
                            + " make the directory writable and restart",
                    dataDir,
                    e);
            return Optional.empty();
        }
    }

    boolean opens(HttpServletRequest request) {
        String presented = request.getHeader(HEADER);
        return presented != null
                && RequestAddresses.isDirectAndLocal(request)
                && key.filter(real -> MessageDigest.isEqual(real, presented.getBytes(StandardCharsets.UTF_8)))
                        .isPresent();
    }
}
