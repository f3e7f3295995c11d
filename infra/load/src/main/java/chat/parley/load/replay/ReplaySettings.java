package chat.parley.load.replay;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The settings of a replay.
 *
 * @param run            prefix of every username and title
 * @param maxMembers     of a group, its owner included
 * @param window         messages in flight in a group
 * @param parallelBlocks groups that are played concurrently
 * @param ordered        whether the order of history has to be that of the log
 * @param chaosRate      connections cut per second; 0 for none
 * @param patience       how long the server may be unavailable
 */
record ReplaySettings(
        String run,
        int maxMembers,
        int window,
        int parallelBlocks,
        boolean ordered,
        double chaosRate,
        long seed,
        Duration patience,
        int restConcurrency,
        int threads) {
    Map<String, Object> forReport() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("run", run);
        settings.put("maxMembers", maxMembers);
        settings.put("window", window);
        settings.put("parallelBlocks", parallelBlocks);
        settings.put("ordered", ordered);
        settings.put("chaosRate", chaosRate);
        settings.put("seed", seed);
        settings.put("java", Runtime.version().toString());
        settings.put("processors", Runtime.getRuntime().availableProcessors());
        return settings;
    }
}
