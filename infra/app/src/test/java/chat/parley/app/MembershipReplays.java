package chat.parley.app;

import chat.parley.load.replay.ReplayCommand;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import picocli.CommandLine;

/**
 * People join groups, talk, leave and come back, one random replay after the other until they are stopped. Each replay
 * checks that everybody received exactly what was said while they were members.
 */
final class MembershipReplays {
    private static final int GROUPS = 3;
    private static final int PEOPLE = 5;
    private static final int STEPS = 40;

    private final URI url;
    private final Path log;
    private final Random random;
    private volatile boolean stopped;

    /** @param log is overwritten by each replay */
    MembershipReplays(URI url, Path log, long seed) {
        this.url = url;
        this.log = log;
        random = new Random(seed);
    }

    /** Completes with the exit codes of all replays, after {@link #stop} with the one that is running. */
    Future<List<Integer>> start() {
        FutureTask<List<Integer>> exits = new FutureTask<>(this::replays);
        Thread.ofVirtual().start(exits);
        return exits;
    }

    void stop() {
        stopped = true;
    }

    private List<Integer> replays() throws IOException {
        List<Integer> exits = new ArrayList<>();
        do {
            Files.write(log, lines());
            exits.add(new CommandLine(new ReplayCommand())
                    .execute("--input", log.toString(), "--url", url.toString(), "--patience", "180"));
        } while (!stopped);
        return exits;
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (int group = 0; group < GROUPS; group++) {
            lines.add("### group " + group);
            for (int step = 0; step < STEPS; step++) {
                String nick = "person" + random.nextInt(PEOPLE);
                lines.add(
                        switch (random.nextInt(6)) {
                            case 0 -> "=== " + nick + " has joined #group";
                            case 1 -> "=== " + nick + " has left #group";
                            default -> "[12:00] <" + nick + "> says " + step;
                        });
            }
        }
        return lines;
    }
}
