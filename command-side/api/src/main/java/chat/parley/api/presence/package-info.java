/** Commands, events and queries of presence: connected devices and what others see of them. */
@NullMarked
package chat.parley.api.presence;

import org.jspecify.annotations.NullMarked;
