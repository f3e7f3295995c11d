package chat.parley.analysis.violators;

import chat.parley.search.SearchConnection;

record KnowsSearch(SearchConnection connection) {}
