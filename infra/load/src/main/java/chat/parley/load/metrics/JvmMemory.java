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
 * What a JVM needs memory for. Its resident set is no measure of that: parts of the heap that hold nothing stay resident
 * or not as the collector thinks fit.
 *
 * @param liveHeapBytes    objects that are alive
 * @param outsideHeapBytes resident and not of the heap: stacks, buffers, classes, code
 */
public record JvmMemory(long liveHeapBytes, long outsideHeapBytes) {
    /** What the collectors put into gaps. */
    private static final String FILLER = "jdk.internal.vm.Filler";

    private static final Pattern HEAP_ADDRESS = Pattern.compile("0x([0-9a-f]{16})");
    private static final Pattern MAPPING = Pattern.compile("([0-9a-f]+)-[0-9a-f]+ .*");
    private static final Pattern RESIDENT = Pattern.compile("Rss: +([0-9]+) kB");
    private static final int HEX = 16;
    private static final long BYTES_PER_KB = 1024;

    /** Takes a full collection: not for while something is timed. */
    static JvmMemory of(long pid) throws InterruptedException {
        return new JvmMemory(
                liveBytes(Jcmd.ask(pid, "GC.class_histogram")), outsideHeap(pid, Jcmd.ask(pid, "GC.heap_info")));
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
        // One range or several, as the collector divides it; they lie side by side.
        LongSummaryStatistics heap = HEAP_ADDRESS
                .matcher(String.join("\n", heapInfo))
                .results()
                .mapToLong(address -> Long.parseUnsignedLong(address.group(1), HEX))
                .summaryStatistics();
        if (heap.getCount() == 0) {
            throw new IllegalStateException("This collector does not tell where its heap is: " + heapInfo);
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
}
