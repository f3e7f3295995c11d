/**
 * The index and what fills it.
 *
 * <p>A generation {@code gN} is two indexes of one mapping: {@code parley-messages-gN} has every message as it stands,
 * {@code parley-past-gN} every text that an edit or a retraction has put an end to. Aliases {@code parley-messages} and
 * {@code parley-past} name the generation that is searched. A message's document is {@code conversation:position}, a past
 * one's {@code conversation:position:version}; both are written with external versions, the position of the entry that
 * last changed them, so that writing them again, or late, changes nothing.
 *
 * <p>{@code parley-tokens} has how far each segment of each generation's processor {@code search@gN} is, under {@code
 * search@gN/segment}; {@code parley-generations} one document, {@code search}, that says which generation is searched and
 * which is being filled. What Elasticsearch does not take is in the vault's {@code search_dead_letters}, by its key.
 */
@NullMarked
package chat.parley.search.history.index;

import org.jspecify.annotations.NullMarked;
