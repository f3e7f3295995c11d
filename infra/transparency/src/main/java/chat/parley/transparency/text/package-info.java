/** Strict reading and writing of the small texts that all formats consist of. */
@NullMarked
package chat.parley.transparency.text;

import org.jspecify.annotations.NullMarked;
