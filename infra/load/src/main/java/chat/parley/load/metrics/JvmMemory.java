package chat.parley.load.metrics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The memory that a JVM needs. Its resident set does not show that, because unused parts of the heap may stay resident.
 *
 * @param liveHeapBytes    bytes of reachable objects
 * @param outsideHeapBytes resident memory outside of the heap: stacks, buffers, classes, code
 */
public record JvmMemory(long liveHeapBytes, long outsideHeapBytes) {
    /** The class with which collectors fill gaps. */
    private static final String FILLER = "jdk.internal.vm.Filler";

    private static final Pattern HEAP_ADDRESS = Pattern.compile("0x([0-9a-f]{16})");
    private static final Pattern MAPPING = Pattern.compile("([0-9a-f]+)-[0-9a-f]+ .*");
    private static final Pattern RESIDENT = Pattern.compile("Rss: +([0-9]+) kB");
    private static final int HEX = 16;
    private static final long BYTES_PER_KB = 1024;

    /** Causes a full collection, so it is not to be called in a window. */
    static JvmMemory of(long pid) throws InterruptedException {
        return new JvmMemory(liveBytes(jcmd(pid, "GC.class_histogram")), outsideHeap(pid, jcmd(pid, "GC.heap_info")));
    }

    /** The lines have a number, instances, bytes and a class; the last is {@code Total <instances> <bytes>}. */
    private static long liveBytes(List<String> histogram) {
        long total = Long.parseLong(histogram.getLast().strip().split(" +", -1)[2]);
        long filler = histogram.stream()
                .filter(line -> line.contains(FILLER))
                .mapToLong(line -> Long.parseLong(line.strip().split(" +", -1)[2]))
                .sum();
        return total - filler;
    }

    private static long outsideHeap(long pid, List<String> heapInfo) {
        // A collector has one address range or several adjacent ones.
        LongSummaryStatistics heap = HEAP_ADDRESS
                .matcher(String.join("\n", heapInfo))
                .results()
                .mapToLong(address -> Long.parseUnsignedLong(address.group(1), HEX))
                .summaryStatistics();
        if (heap.getCount() == 0) {
            throw new IllegalStateException("The heap addresses of this collector are unknown: " + heapInfo);
        }
        long from = heap.getMin();
        long to = heap.getMax();
        try {
            long kilobytes = 0;
            boolean outside = false;
            for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/smaps"))) {
                Matcher mapping = MAPPING.matcher(line);
                Matcher resident = RESIDENT.matcher(line);
                if (mapping.matches()) {
                    long start = Long.parseUnsignedLong(mapping.group(1), HEX);
                    outside = Long.compareUnsigned(start, from) < 0 || Long.compareUnsigned(start, to) >= 0;
                } else if (outside && resident.matches()) {
                    kilobytes += Long.parseLong(resident.group(1));
                }
            }
            return kilobytes * BYTES_PER_KB;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs the jcmd of the JDK that this process runs on. */
    private static List<String> jcmd(long pid, String command) throws InterruptedException {
        String executable =
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        try {
            // Written to a file, because the JVM is stopped until all output is written, and a full pipe would delay
            // it.
            Path answer = Files.createTempFile("jcmd", null);
            try {
                int exitCode = new ProcessBuilder(executable, Long.toString(pid), command)
                        .redirectErrorStream(true)
                        .redirectOutput(answer.toFile())
                        .start()
                        .waitFor();
                if (exitCode != 0) {
                    throw new IOException("jcmd failed: " + Files.readString(answer));
                }
                return Files.readAllLines(answer);
            } finally {
                Files.delete(answer);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
