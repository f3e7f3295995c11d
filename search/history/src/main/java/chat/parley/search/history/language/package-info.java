/** The query language: lexer, parser, and translation to Elasticsearch. */
@NullMarked
package chat.parley.search.history.language;

import org.jspecify.annotations.NullMarked;
