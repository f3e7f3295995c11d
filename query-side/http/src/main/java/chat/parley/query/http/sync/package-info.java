@NullMarked
package chat.parley.query.http.sync;

import org.jspecify.annotations.NullMarked;
