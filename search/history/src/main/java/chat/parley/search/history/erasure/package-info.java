/** What the index drops when users are erased and texts expire. */
@NullMarked
package chat.parley.search.history.erasure;

import org.jspecify.annotations.NullMarked;
