/** What endpoints for auditors share. */
@NullMarked
package chat.parley.web.audit;

import org.jspecify.annotations.NullMarked;
