@NullMarked
package chat.parley.query.http.account;

import org.jspecify.annotations.NullMarked;
