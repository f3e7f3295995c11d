/** Signed notes and their keys, as C2SP's signed-note defines them. */
@NullMarked
package chat.parley.transparency.note;

import org.jspecify.annotations.NullMarked;
