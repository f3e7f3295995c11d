/**
 * The commands {@code backup} and {@code restore} of the server's jar, for vault and events in PostgreSQL.
 *
 * <p>A backup is a directory: one compressed file of PostgreSQL's COPY for each table, {@code manifest.json}, and
 * {@code SHA256SUMS}, which is written last and can be checked by {@code sha256sum -c}. The files of the vault come before
 * those of the events. All are of one snapshot.
 */
@NullMarked
package chat.parley.backup;

import org.jspecify.annotations.NullMarked;
