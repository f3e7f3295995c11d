/** What a user may read: permissions, filters, and the check of hits. */
@NullMarked
package chat.parley.search.history.permission;

import org.jspecify.annotations.NullMarked;
