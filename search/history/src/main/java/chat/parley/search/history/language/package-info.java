@NullMarked
package chat.parley.search.history.language;

import org.jspecify.annotations.NullMarked;
