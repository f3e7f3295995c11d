package chat.parley.search.history.analyst;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.Refuses;
import chat.parley.api.search.SavedSearchId;
import chat.parley.api.text.TextRules;
import chat.parley.search.history.language.QueryParser;
import chat.parley.search.history.permission.Searcher;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** A user's saved searches. Permissions are checked when a search is run, not when it is saved. */
@Tag(name = "Search")
@RestController
@RequestMapping("/api/v1/search/saved")
final class SavedSearchController {
    private static final int LONGEST_NAME = 100;

    private final SavedSearches searches;

    SavedSearchController(SavedSearches searches) {
        this.searches = searches;
    }

    record Searches(List<SavedSearch> searches) {}

    record Draft(
            @NotNull String name,
            @NotNull String q,
            @Nullable String sort) {
        @Override
        public String toString() {
            return "Draft[]";
        }
    }

    @Operation(summary = "List the caller's saved searches, oldest first")
    @GetMapping
    Searches saved(@AuthenticationPrincipal Jwt caller) {
        return new Searches(searches.of(Searcher.of(caller).user()));
    }

    @Operation(summary = "Save or replace a search under an id that the client chooses")
    @PutMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Refuses({
        Refusal.INVALID_ID,
        Refusal.SAVED_SEARCH_INVALID,
        Refusal.QUERY_INVALID,
        Refusal.QUERY_TOO_LONG,
        Refusal.LIMIT_EXCEEDED
    })
    void save(@PathVariable SavedSearchId id, @Valid @RequestBody Draft draft, @AuthenticationPrincipal Jwt caller) {
        TextRules.requireLine(draft.name(), LONGEST_NAME, Refusal.SAVED_SEARCH_INVALID);
        requireQuery(draft.q());
        searches.put(Searcher.of(caller).user(), new SavedSearch(id, draft.name(), draft.q(), draft.sort()));
    }

    @Operation(summary = "Delete a saved search")
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Refuses({Refusal.INVALID_ID, Refusal.SAVED_SEARCH_NOT_FOUND})
    void forget(@PathVariable SavedSearchId id, @AuthenticationPrincipal Jwt caller) {
        searches.remove(Searcher.of(caller).user(), id);
    }

    private static void requireQuery(String query) {
        if (TextRules.isBlank(query)) {
            throw new Refused(Refusal.SAVED_SEARCH_INVALID);
        }
        // Parsed only for its validation; the query is stored as it was written.
        var _ = QueryParser.parse(query, ZoneOffset.UTC);
    }
}
