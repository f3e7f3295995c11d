package chat.parley.transparency.witness;

import chat.parley.transparency.checkpoint.SignedCheckpoint;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What a witness of any log remembers until it ends. */
class MemoryWitnessState implements WitnessState {
    private final Map<String, Optional<SignedCheckpoint>> records = new ConcurrentHashMap<>();

    @Override
    public Optional<SignedCheckpoint> latest(String origin) {
        return records.getOrDefault(origin, Optional.empty());
    }

    @Override
    public synchronized boolean replace(String origin, Optional<SignedCheckpoint> expected, SignedCheckpoint next) {
        if (!latest(origin).equals(expected)) {
            return false;
        }
        records.put(origin, Optional.of(next));
        return true;
    }
}
