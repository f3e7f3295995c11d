@NullMarked
package chat.parley.web.openapi;

import org.jspecify.annotations.NullMarked;
