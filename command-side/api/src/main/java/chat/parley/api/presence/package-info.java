@NullMarked
package chat.parley.api.presence;

import org.jspecify.annotations.NullMarked;
