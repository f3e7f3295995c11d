/**
 * Access tokens as every module reads them: the names of the claims, the user that a token names, and the interface of the
 * check. Module identity implements the check; REST and the socket both use it, so that they refuse a token for the same
 * cause with the same code.
 */
@NullMarked
package chat.parley.web.token;

import org.jspecify.annotations.NullMarked;
