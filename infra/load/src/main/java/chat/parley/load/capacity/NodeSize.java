package chat.parley.load.capacity;

import picocli.CommandLine.Option;

/** The resources of one node, all nodes being equal. */
final class NodeSize {
    private static final double MICROS_PER_SECOND = 1e6;
    private static final double BYTES_PER_GIB = 1L << 30;
    private static final double BYTES_PER_TIB = 1L << 40;
    private static final double BYTES_PER_GIGABIT = 1e9 / 8;

    @Option(names = "--cores", defaultValue = "16", description = "cores of a node")
    double cores;

    @Option(names = "--memory-gib", defaultValue = "64", description = "GiB of memory of a node")
    double memoryGib;

    @Option(names = "--gigabits", defaultValue = "10", description = "Gbit/s of a node's network, each way")
    double gigabits;

    @Option(names = "--disk-tib", defaultValue = "8", description = "TiB of disk of a node")
    double diskTib;

    @Option(names = "--usable", defaultValue = "0.6", description = "share of each resource in use at the peak")
    double usable;

    @Option(names = "--spare", defaultValue = "1", description = "nodes of each role beyond the need of the peak")
    int spare;

    double cpuMicrosPerSecond() {
        return cores * threadMicrosPerSecond();
    }

    double threadMicrosPerSecond() {
        return MICROS_PER_SECOND * usable;
    }

    double memoryBytes() {
        return memoryGib * BYTES_PER_GIB * usable;
    }

    double networkBytesPerSecond() {
        return gigabits * BYTES_PER_GIGABIT * usable;
    }

    double diskBytes() {
        return diskTib * BYTES_PER_TIB * usable;
    }
}
