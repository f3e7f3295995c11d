@NullMarked
package chat.parley.web.limit;

import org.jspecify.annotations.NullMarked;
