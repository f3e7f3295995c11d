@NullMarked
package chat.parley.web.problem;

import org.jspecify.annotations.NullMarked;
