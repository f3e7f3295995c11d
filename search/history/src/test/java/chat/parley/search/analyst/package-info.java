@NullMarked
package chat.parley.search.analyst;

import org.jspecify.annotations.NullMarked;
