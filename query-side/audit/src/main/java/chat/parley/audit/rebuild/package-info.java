/** Rebuilding any read model beside the served one. */
@NullMarked
package chat.parley.audit.rebuild;

import org.jspecify.annotations.NullMarked;
