package chat.parley.vault.wrapping;

import chat.parley.api.RandomValues;
import chat.parley.api.process.PrivateFiles;
import chat.parley.api.process.StartupFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The file of the key encryption keys. Each line is a name, a space and 32 bytes in Base64. The first line's key
 * encrypts, further ones only decrypt. Empty lines, and lines that begin with {@code #}, are ignored.
 */
final class KeyFile {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern SPACES = Pattern.compile("\\s+");
    private static final int NAME_BYTES = 6;

    private final Path file;

    KeyFile(Path file) {
        this.file = file.toAbsolutePath().normalize();
    }

    boolean exists() {
        return Files.exists(file);
    }

    /** Creates the file with one new key. */
    void create() {
        byte[] key = RandomValues.bytes(KeyEncryptionKeys.KEY_BYTES);
        String line = RandomValues.text(NAME_BYTES) + " " + Base64.getEncoder().encodeToString(key) + "\n";
        try {
            Path directory = file.getParent();
            if (directory != null) {
                PrivateFiles.createDirectory(directory);
            }
            PrivateFiles.write(file, line);
        } catch (IOException | UnsupportedOperationException e) {
            throw new StartupFailure(
                    this + " could not be written",
                    "Make its directory writable, or name another file in parley.vault.key-file",
                    e);
        }
    }

    /** @throws StartupFailure if the file cannot be read, or has no key, or a line that is none */
    KeyEncryptionKeys read() {
        Map<String, byte[]> keys = new LinkedHashMap<>();
        List<String> lines = lines();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                add(line, i + 1, keys);
            }
        }
        if (keys.isEmpty()) {
            throw new StartupFailure(this + " has no key", "Bring the file back from its backup");
        }
        return new KeyEncryptionKeys(toString(), keys);
    }

    private List<String> lines() {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new StartupFailure(
                    this + " cannot be read", "Make it a text file that the user of this process may read", e);
        }
    }

    private void add(String line, int number, Map<String, byte[]> keys) {
        String[] parts = SPACES.split(line, -1);
        if (parts.length != 2 || !NAME.matcher(parts[0]).matches()) {
            throw malformed(number, "is not a name and a key, separated by a space");
        }
        byte[] key;
        try {
            key = Base64.getDecoder().decode(parts[1]);
        } catch (IllegalArgumentException _) {
            // The cause would show a character of the key.
            throw malformed(number, "has a key that is not Base64");
        }
        if (key.length != KeyEncryptionKeys.KEY_BYTES) {
            throw malformed(number, "has a key that is not of 32 bytes");
        }
        if (keys.put(parts[0], key) != null) {
            throw malformed(number, "has a name that an earlier line has");
        }
    }

    private StartupFailure malformed(int number, String problem) {
        return new StartupFailure(
                "Line " + number + " of " + this + " " + problem, "Put the line right, or bring the file back");
    }

    @Override
    public String toString() {
        return "the key file " + file;
    }
}
