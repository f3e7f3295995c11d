/** Search over REST: its configuration, its settings and the audit log of searches. */
@NullMarked
package chat.parley.search.history;

import org.jspecify.annotations.NullMarked;
