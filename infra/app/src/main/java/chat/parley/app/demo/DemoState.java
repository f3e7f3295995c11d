package chat.parley.app.demo;

import chat.parley.api.RandomValues;
import chat.parley.api.process.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * How far the demonstration has come. It is a file that only the owner of the server process can read, because it has
 * the password. The file exists before the first account does.
 *
 * @param password of all people of the demonstration, random for each data directory
 * @param told whether the whole story has been told
 */
record DemoState(String password, boolean told) {
    private static final String FILE = "demo.json";
    private static final JsonMapper JSON = new JsonMapper();
    private static final int PASSWORD_BYTES = 18;

    static Optional<DemoState> read(Path dataDir) {
        Path file = dataDir.resolve(FILE);
        try {
            return Files.exists(file)
                    ? Optional.of(JSON.readValue(Files.readString(file), DemoState.class))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static DemoState begin(Path dataDir) {
        return new DemoState(RandomValues.text(PASSWORD_BYTES), false).write(dataDir);
    }

    DemoState finish(Path dataDir) {
        return new DemoState(password, true).write(dataDir);
    }

    private DemoState write(Path dataDir) {
        try {
            PrivateFiles.write(dataDir.resolve(FILE), JSON.writeValueAsString(this) + System.lineSeparator());
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return "DemoState[told=" + told + "]";
    }
}
