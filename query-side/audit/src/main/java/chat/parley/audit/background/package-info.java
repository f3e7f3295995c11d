/** Work that another thread does, so that an export uses two cores. */
@NullMarked
package chat.parley.audit.background;

import org.jspecify.annotations.NullMarked;
