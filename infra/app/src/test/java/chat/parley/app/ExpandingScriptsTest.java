package chat.parley.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * A migration whose name begins with {@code expand} only adds tables, indexes that are not unique, and columns that older
 * versions need not write.
 */
class ExpandingScriptsTest {
    private static final Pattern COLUMN = Pattern.compile("add column \\S+ (?<definition>.+)");

    @Test
    void noScriptOfThisVersionChangesWhatOlderVersionsUse() throws IOException {
        List<String> breaking = new ArrayList<>();
        for (Resource script : new PathMatchingResourcePatternResolver().getResources("classpath*:db/*/V*__*.sql")) {
            if (String.valueOf(script.getFilename()).contains("__expand")) {
                statements(script.getContentAsString(UTF_8))
                        .filter(statement -> !isExpanding(statement))
                        .map(statement -> script.getFilename() + ": " + statement)
                        .forEach(breaking::add);
            }
        }
        assertThat(breaking).isEmpty();
    }

    private static Stream<String> statements(String script) {
        return Stream.of(script.replaceAll("--.*", "").split(";", -1))
                .map(statement -> statement.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT))
                .filter(statement -> !statement.isEmpty());
    }

    private static boolean isExpanding(String statement) {
        if (statement.startsWith("create table ")
                || statement.startsWith("create unlogged table ")
                || statement.startsWith("create index ")
                || statement.startsWith("comment on ")) {
            return true;
        }
        return statement.startsWith("alter table ")
                && Stream.of(statement.replaceFirst("alter table \\S+ ", "").split(", (?=add|drop|alter)", -1))
                        .allMatch(ExpandingScriptsTest::addsColumn);
    }

    private static boolean addsColumn(String change) {
        Matcher column = COLUMN.matcher(change);
        return column.matches()
                && (!column.group("definition").contains("not null")
                        || column.group("definition").contains(" default "))
                && Stream.of("unique", "primary key", "references", "check")
                        .noneMatch(column.group("definition")::contains);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE vault.x (id int NOT NULL PRIMARY KEY)",
                "CREATE INDEX x ON vault.people (name)",
                "ALTER TABLE vault.people ADD COLUMN name text",
                "ALTER TABLE vault.people ADD COLUMN a text, -- one\n ADD COLUMN b int NOT NULL DEFAULT 0"
            })
    void additionsArePermitted(String script) {
        assertThat(statements(script)).allMatch(ExpandingScriptsTest::isExpanding);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DROP TABLE vault.people",
                "CREATE UNIQUE INDEX x ON vault.people (name)",
                "ALTER TABLE vault.people ADD COLUMN name text NOT NULL",
                "ALTER TABLE vault.people ADD COLUMN a text, DROP COLUMN b",
                "ALTER TABLE vault.people ADD COLUMN a int UNIQUE",
                "ALTER TABLE vault.people RENAME COLUMN a TO b",
                "ALTER TABLE vault.people ALTER COLUMN a TYPE bigint",
                "UPDATE vault.people SET a = 1",
                "CREATE OR REPLACE FUNCTION events.append() RETURNS void"
            })
    void anythingElseIsNot(String script) {
        assertThat(statements(script)).noneMatch(ExpandingScriptsTest::isExpanding);
    }
}
