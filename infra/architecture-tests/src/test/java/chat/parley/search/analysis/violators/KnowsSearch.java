package chat.parley.search.analysis.violators;

import chat.parley.search.history.engine.SearchConnection;

record KnowsSearch(SearchConnection connection) {}
