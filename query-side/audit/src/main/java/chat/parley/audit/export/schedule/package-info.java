/** The job that exports every event once, to a folder or to S3. */
@NullMarked
package chat.parley.audit.export.schedule;

import org.jspecify.annotations.NullMarked;
