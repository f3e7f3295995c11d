package chat.parley.load.capacity;

import chat.parley.load.report.NumberFormat;

/**
 * The machine that everything runs on, so many times.
 *
 * @param usableShare what of each resource may be in use at the peak
 * @param spare       nodes of each role beyond what the peak needs
 */
record NodeSize(
        double cores, double memoryGib, double gigabitsPerSecond, double diskTib, double usableShare, int spare) {
    private static final double MICROS_PER_SECOND = 1e6;
    private static final double BYTES_PER_GIB = 1L << 30;
    private static final double BYTES_PER_TIB = 1L << 40;
    private static final double BYTES_PER_GIGABIT = 1e9 / 8;

    String text() {
        return NumberFormat.text(cores) + " cores, " + NumberFormat.text(memoryGib) + " GiB, "
                + NumberFormat.text(gigabitsPerSecond)
                + " Gbit/s each way, " + NumberFormat.text(diskTib) + " TiB; " + NumberFormat.text(100 * usableShare)
                + " % of each in use at the peak, and " + spare + " node more of each role.";
    }

    double cpuMicrosPerSecond() {
        return cores * MICROS_PER_SECOND * usableShare;
    }

    /** Of one thread. */
    double threadMicrosPerSecond() {
        return MICROS_PER_SECOND * usableShare;
    }

    double memoryBytes() {
        return memoryGib * BYTES_PER_GIB * usableShare;
    }

    /** Each way. */
    double networkBytesPerSecond() {
        return gigabitsPerSecond * BYTES_PER_GIGABIT * usableShare;
    }

    double diskBytes() {
        return diskTib * BYTES_PER_TIB * usableShare;
    }
}
