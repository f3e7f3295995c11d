/**
 * Reading the event feed without a break: {@link chat.parley.eventprocessing.feed.FeedFollower} follows the feed on a
 * thread of its own and opens it again after a failure, and {@link chat.parley.eventprocessing.feed.Retry} repeats one
 * operation. Neither stores a position: a follower starts at the head of the feed each time its node starts.
 */
@NullMarked
package chat.parley.eventprocessing.feed;

import org.jspecify.annotations.NullMarked;
