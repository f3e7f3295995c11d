/** What a user may read: permissions and filters; the record of searches. */
@NullMarked
package chat.parley.search.history.permission;

import org.jspecify.annotations.NullMarked;
