/** The review of who accessed what, for auditors. */
@NullMarked
package chat.parley.audit.review;

import org.jspecify.annotations.NullMarked;
