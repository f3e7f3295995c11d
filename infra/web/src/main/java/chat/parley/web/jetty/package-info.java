@NullMarked
package chat.parley.web.jetty;

import org.jspecify.annotations.NullMarked;
