@NullMarked
package chat.parley.search.query;

import org.jspecify.annotations.NullMarked;
