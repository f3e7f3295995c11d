@NullMarked
package chat.parley.search.history.engine;

import org.jspecify.annotations.NullMarked;
