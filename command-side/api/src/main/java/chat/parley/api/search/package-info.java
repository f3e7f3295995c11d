@NullMarked
package chat.parley.api.search;

import org.jspecify.annotations.NullMarked;
