@NullMarked
package chat.parley.search.history.document;

import org.jspecify.annotations.NullMarked;
