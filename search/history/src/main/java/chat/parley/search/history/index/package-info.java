/**
 * Fills the search index from events, and retries rejected documents.
 *
 * <p>A generation {@code gN} is two indexes with one mapping: {@code parley-messages-gN} has every message with its
 * current text, {@code parley-past-gN} every text that an edit or a retraction has ended. The aliases {@code
 * parley-messages} and {@code parley-past} point to the searched generation. The id of a message's document is {@code
 * conversation:position}, that of a past text {@code conversation:position:version}. Both are written with external
 * versions, the position of the entry that changed them last, so that repeated and late writes have no effect.
 *
 * <p>{@code parley-tokens} stores the progress of each segment of a generation's processor {@code search@gN} as {@code
 * search@gN/segment}, that of {@code search-removal@gN}, which takes out the texts of erased users and expired ones, and
 * as {@code purge@gN} which removed texts the files may still contain. {@code parley-generations} has one document,
 * {@code search}, that names the searched generation and the one that is being filled. Documents that Elasticsearch rejects are in the vault's {@code
 * search_dead_letters}, by id.
 */
@NullMarked
package chat.parley.search.history.index;

import org.jspecify.annotations.NullMarked;
