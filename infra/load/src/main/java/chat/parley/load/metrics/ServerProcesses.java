package chat.parley.load.metrics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Processor time and memory of a server on this machine: of root processes, the JVM first, and of their current
 * descendants.
 */
public final class ServerProcesses {
    private static final Path PROC = Path.of("/proc");

    /** The unit in which Linux shows times to user space on every architecture. */
    private static final long NANOS_PER_TICK = TimeUnit.MILLISECONDS.toNanos(10);

    private static final long BYTES_PER_KB = 1024;
    private static final int ATTEMPTS = 100;

    /** The fields utime, stime, cutime and cstime in {@code /proc/pid/stat}, counted from after the command. */
    private static final int FIRST_TIME = 11;

    private static final int TIMES = 4;

    /** In the data directory, of the engines that a server starts. */
    private static final List<Path> PID_FILES =
            List.of(Path.of("postgres", "postmaster.pid"), Path.of("elasticsearch", "elasticsearch.pid"));

    private final List<Long> roots;

    /** @throws IllegalArgumentException if one of them does not run */
    ServerProcesses(List<Long> roots) {
        this.roots = List.copyOf(roots);
        for (long root : roots) {
            if (ProcessHandle.of(root).isEmpty()) {
                throw new IllegalArgumentException("No process has the id " + root);
            }
        }
    }

    /**
     * A server and the engines in its data directory, which are no descendants of it.
     *
     * @param dataDir absent if the engines of the server run elsewhere
     */
    public static ServerProcesses of(long pid, @Nullable Path dataDir) {
        List<Long> roots = new ArrayList<>(List.of(pid));
        if (dataDir != null) {
            PID_FILES.stream()
                    .map(dataDir::resolve)
                    .filter(Files::exists)
                    .map(ServerProcesses::firstNumber)
                    .forEach(roots::add);
        }
        return new ServerProcesses(roots);
    }

    private static long firstNumber(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.findFirst().map(String::strip).map(Long::parseLong).orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * @param rssBytes  resident set of the JVM
     * @param pssBytes  proportional set of all processes, which counts shared memory once
     * @param processes the number of each command
     */
    public record Memory(long rssBytes, long pssBytes, Map<String, Integer> processes) {}

    /**
     * User and system time of all processes, in steps of 10 ms each, including the time of their children that ended
     * and were waited for. The sum neither falls nor counts twice when a process ends, so the difference of two sums is
     * right even if processes started or ended in between.
     */
    public long cpuNanos() {
        return stable(pids -> {
            long ticks = 0;
            for (long pid : pids) {
                String[] fields = afterCommand(stat(pid)).split(" ", -1);
                for (int i = FIRST_TIME; i < FIRST_TIME + TIMES; i++) {
                    ticks += Long.parseLong(fields[i]);
                }
            }
            return ticks * NANOS_PER_TICK;
        });
    }

    /** Takes some milliseconds, in which the server cannot map memory; not to be called in a window. */
    public Memory memory() {
        return stable(pids -> {
            long pssBytes = 0;
            Map<String, Integer> processes = new TreeMap<>();
            for (long pid : pids) {
                String stat = stat(pid);
                processes.merge(stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')')), 1, Integer::sum);
                pssBytes += kilobytes(pid, "smaps_rollup", "Pss:");
            }
            return new Memory(kilobytes(roots.getFirst(), "status", "VmRSS:"), pssBytes, processes);
        });
    }

    /** The memory of the JVM; causes a full collection, so it is not to be called in a window. */
    public JvmMemory jvmMemory() throws InterruptedException {
        return JvmMemory.of(roots.getFirst());
    }

    @FunctionalInterface
    private interface Reading<T> {
        T of(Set<Long> pids) throws IOException;
    }

    /** Reads again if a process started or ended meanwhile. */
    private <T> T stable(Reading<T> reading) {
        IOException failure = new IOException("The server's processes start and end too fast to be read");
        for (int i = 0; i < ATTEMPTS; i++) {
            Set<Long> pids = pids();
            try {
                T seen = reading.of(pids);
                if (pids().equals(pids)) {
                    return seen;
                }
            } catch (IOException e) {
                failure = e;
            }
        }
        throw new UncheckedIOException(failure);
    }

    private Set<Long> pids() {
        Set<Long> pids = new LinkedHashSet<>();
        for (long root : roots) {
            ProcessHandle process = ProcessHandle.of(root)
                    .orElseThrow(() -> new IllegalStateException("The server's process " + root + " has ended"));
            pids.add(root);
            process.descendants().map(ProcessHandle::pid).sorted().forEach(pids::add);
        }
        return pids;
    }

    private static String stat(long pid) throws IOException {
        return Files.readString(PROC.resolve(pid + "/stat"));
    }

    /** The command is in parentheses, and may contain spaces and parentheses itself. */
    private static String afterCommand(String stat) {
        return stat.substring(stat.lastIndexOf(')') + 2);
    }

    private static long kilobytes(long pid, String file, String field) throws IOException {
        for (String line : Files.readAllLines(PROC.resolve(pid + "/" + file))) {
            if (line.startsWith(field)) {
                return Long.parseLong(
                                line.substring(field.length()).replace("kB", "").strip())
                        * BYTES_PER_KB;
            }
        }
        throw new IOException("/proc/" + pid + "/" + file + " has no " + field);
    }
}
