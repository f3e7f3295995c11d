package chat.parley.search.history.analyst;

import chat.parley.api.search.SavedSearchId;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/** @param sort a value of the search parameter {@code sort}; null for its default */
@JsonInclude(JsonInclude.Include.NON_NULL)
record SavedSearch(
        SavedSearchId id, String name, String q, @Nullable String sort) {
    @Override
    public String toString() {
        return "SavedSearch[" + id + "]";
    }
}
