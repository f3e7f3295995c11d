/** What the nodes of one installation tell each other. */
@NullMarked
package chat.parley.api.node;

import org.jspecify.annotations.NullMarked;
