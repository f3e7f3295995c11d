/** Search over REST, and what all of the slice share: the engine's address and the fields of the index. */
@NullMarked
package chat.parley.search.history;

import org.jspecify.annotations.NullMarked;
