package chat.parley.search.history.analyst;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.UserId;
import chat.parley.api.search.SavedSearchId;
import chat.parley.search.history.analyst.SavedSearchController.Draft;
import chat.parley.testing.FakeTextProtection;
import chat.parley.testing.TestPostgres;
import chat.parley.testing.TestPostgres.Database;
import chat.parley.web.token.TokenClaims;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.oauth2.jwt.Jwt;
import tools.jackson.databind.json.JsonMapper;

class SavingSearchesTest {
    private static final UserId ANN = new UserId("ann");
    private static final UserId BEN = new UserId("ben");
    private static final SavedSearchId TEA = new SavedSearchId("tea");
    private static final SavedSearchId COFFEE = new SavedSearchId("coffee");
    private static final SavedSearchId MILK = new SavedSearchId("milk");

    private final Database database = TestPostgres.database();
    private final DataSource vault = database.dataSource();
    private final FakeTextProtection protection = new FakeTextProtection();
    private final SavedSearchController controller =
            new SavedSearchController(new SavedSearches(vault, protection, JsonMapper.shared(), Clock.systemUTC(), 2));

    @AfterEach
    void close() {
        database.close();
    }

    private static Jwt token(UserId user) {
        return Jwt.withTokenValue("t")
                .header("alg", "none")
                .subject(user.value())
                .claim(TokenClaims.SESSION, "session")
                .expiresAt(Instant.MAX)
                .build();
    }

    private static Draft draft(String name, String q) {
        return new Draft(name, q, null);
    }

    private List<SavedSearch> of(UserId user) {
        return controller.saved(token(user)).searches();
    }

    private static void assertRefused(Refusal refusal, ThrowingCallable request) {
        assertThatThrownBy(request)
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.refusal()).isEqualTo(refusal));
    }

    @Test
    void isPrivateUntilItsDeletion() {
        controller.save(TEA, draft("Who has tea?", "from:me \"녹차 한 잔\""), token(ANN));
        controller.save(TEA, draft("Coffee", "coffee"), token(BEN));
        assertThat(of(ANN)).containsExactly(new SavedSearch(TEA, "Who has tea?", "from:me \"녹차 한 잔\"", null));
        controller.forget(TEA, token(ANN));
        assertThat(of(ANN)).isEmpty();
        assertThat(of(BEN)).hasSize(1);
        assertRefused(Refusal.SAVED_SEARCH_NOT_FOUND, () -> controller.forget(TEA, token(ANN)));
    }

    @Test
    void savingAgainReplacesTheSearchInItsPlace() {
        controller.save(TEA, draft("Tea", "tea"), token(ANN));
        controller.save(COFFEE, draft("Coffee", "coffee"), token(ANN));
        controller.save(TEA, draft("Green tea", "\"green tea\""), token(ANN));
        assertThat(of(ANN)).extracting(SavedSearch::name).containsExactly("Green tea", "Coffee");
    }

    @Test
    void theSearchesOfAUserAreLimited() {
        controller.save(TEA, draft("Tea", "tea"), token(ANN));
        controller.save(COFFEE, draft("Coffee", "coffee"), token(ANN));
        assertRefused(Refusal.LIMIT_EXCEEDED, () -> controller.save(MILK, draft("Milk", "milk"), token(ANN)));
        controller.save(COFFEE, draft("Coffee", "espresso"), token(ANN));
        controller.save(MILK, draft("Milk", "milk"), token(BEN));
    }

    @Test
    void nameAndQueryAreEncryptedInTheVault() {
        controller.save(TEA, draft("Secret name", "secret query"), token(ANN));
        String row = JdbcClient.create(vault)
                .sql("select s::text from vault.saved_searches s")
                .query(String.class)
                .single();
        assertThat(row).doesNotContain("ecret");
    }

    @Test
    void searchesOfAnErasedUserAreHidden() {
        controller.save(TEA, draft("Tea", "tea"), token(ANN));
        protection.destroy(ANN);
        assertThat(of(ANN)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \t "})
    void needsANameAndAQuery(String blank) {
        assertRefused(Refusal.SAVED_SEARCH_INVALID, () -> controller.save(TEA, draft(blank, "tea"), token(ANN)));
        assertRefused(Refusal.SAVED_SEARCH_INVALID, () -> controller.save(TEA, draft("Tea", blank), token(ANN)));
    }

    @Test
    void anInvalidQueryIsNotSaved() {
        assertRefused(
                Refusal.SAVED_SEARCH_INVALID, () -> controller.save(TEA, draft("가".repeat(101), "tea"), token(ANN)));
        assertRefused(Refusal.SAVED_SEARCH_INVALID, () -> controller.save(TEA, draft("Tea", "\u200b"), token(ANN)));
        assertRefused(
                Refusal.QUERY_TOO_LONG, () -> controller.save(TEA, draft("Tea", "tea ".repeat(1000)), token(ANN)));
        assertThat(of(ANN)).isEmpty();
    }
}
