@NullMarked
package chat.parley.search.history.generation;

import org.jspecify.annotations.NullMarked;
