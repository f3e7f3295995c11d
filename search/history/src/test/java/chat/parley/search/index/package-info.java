@NullMarked
package chat.parley.search.index;

import org.jspecify.annotations.NullMarked;
