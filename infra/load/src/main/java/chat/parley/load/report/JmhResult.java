package chat.parley.load.report;

/**
 * What JMH measured of one operation.
 *
 * @param errorMicros half of the interval that it is in with 99.9 %
 * @param bytes       allocated by one operation
 */
record JmhResult(double micros, double errorMicros, double bytes) {}
