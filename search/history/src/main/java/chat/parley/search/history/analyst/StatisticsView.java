package chat.parley.search.history.analyst;

import java.time.Instant;
import java.util.List;

/**
 * Counts over time. Every list of counts has one element per element of {@code intervals}.
 *
 * @param interval  length of an interval
 * @param intervals from that of the first hit to that of the last, without gaps
 * @param terms     in the order of the request
 * @param senders   the senders with the most hits, descending
 */
record StatisticsView(
        long total, String interval, List<Part> intervals, List<TermCounts> terms, List<SenderCounts> senders) {
    /** @param from begin of the interval, in the request's time zone */
    record Part(Instant from, long count) {}

    record TermCounts(String term, long total, List<Long> counts) {
        @Override
        public String toString() {
            return "TermCounts[total=" + total + "]";
        }
    }

    record SenderCounts(String sender, long total, List<Long> counts) {}
}
