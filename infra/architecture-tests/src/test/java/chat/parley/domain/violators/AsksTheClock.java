package chat.parley.domain.violators;

import java.io.File;
import java.time.Instant;

final class AsksTheClock {
    Instant now() {
        return Instant.now();
    }

    boolean readsFiles() {
        return new File("x").exists();
    }
}
