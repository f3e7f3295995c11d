@NullMarked
package chat.parley.projections.account;

import org.jspecify.annotations.NullMarked;
