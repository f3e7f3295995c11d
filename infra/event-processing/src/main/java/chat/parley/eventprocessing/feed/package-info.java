/**
 * Reading the event feed across failures: {@link chat.parley.eventprocessing.feed.FeedFollower} follows the feed on its
 * own thread and opens it again after a failure, and {@link chat.parley.eventprocessing.feed.Retry} repeats one
 * operation. Neither stores a position: a follower starts at the head of the feed whenever its node starts.
 */
@NullMarked
package chat.parley.eventprocessing.feed;

import org.jspecify.annotations.NullMarked;
