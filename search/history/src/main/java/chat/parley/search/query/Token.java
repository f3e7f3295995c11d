package chat.parley.search.query;

import org.jspecify.annotations.Nullable;

/**
 * One term of a query.
 *
 * @param at       its first character in the query, counted from 1 in code points
 * @param operator null for text
 * @param quoted   whether the value was in quotation marks
 */
record Token(int at, boolean negated, @Nullable Operator operator, String value, boolean quoted) {}
