@NullMarked
package chat.parley.push.session;

import org.jspecify.annotations.NullMarked;
