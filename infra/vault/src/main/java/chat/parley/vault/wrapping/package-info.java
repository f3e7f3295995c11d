/**
 * Keys that encrypt the keys and secrets of the vault's tables: their file, and the encryption of rows under a new one.
 */
@NullMarked
package chat.parley.vault.wrapping;

import org.jspecify.annotations.NullMarked;
