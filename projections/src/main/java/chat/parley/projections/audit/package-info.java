/**
 * Answers auditors' queries for a conversation as it stood at a moment. The conversation is folded from its events by the
 * fold that builds the read model, without stored documents. ADR 0075 tells why.
 */
@NullMarked
package chat.parley.projections.audit;

import org.jspecify.annotations.NullMarked;
