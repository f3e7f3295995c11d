/** Contacts: writes and queries the contacts of users. */
@NullMarked
package chat.parley.projections.contact;

import org.jspecify.annotations.NullMarked;
