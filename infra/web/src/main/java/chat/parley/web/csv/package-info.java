/** Tables as CSV, for every endpoint that answers one. */
@NullMarked
package chat.parley.web.csv;

import org.jspecify.annotations.NullMarked;
