/** Measurement: latencies and counters of the client, processor time and memory of the server, the disk. */
@NullMarked
package chat.parley.load.metrics;

import org.jspecify.annotations.NullMarked;
