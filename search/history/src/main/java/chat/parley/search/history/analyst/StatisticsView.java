package chat.parley.search.history.analyst;

import java.time.Instant;
import java.util.List;

/**
 * What was found, counted. Every list of counts has one for each of {@code intervals}.
 *
 * @param interval  how long each is
 * @param intervals from that of the first message found to that of the last, without gaps
 * @param terms     as they were asked for
 * @param senders   those who wrote the most, the first of them the very most
 */
record StatisticsView(
        long total, String interval, List<Part> intervals, List<TermCounts> terms, List<SenderCounts> senders) {
    /** @param from when it begins, in the question's time zone */
    record Part(Instant from, long count) {}

    record TermCounts(String term, long total, List<Long> counts) {
        @Override
        public String toString() {
            return "TermCounts[total=" + total + "]";
        }
    }

    record SenderCounts(String sender, long total, List<Long> counts) {}
}
