package chat.parley.page;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page has every text in every language. */
class PageTextsTest {
    private static final Pattern KEY = Pattern.compile("'([a-z][\\w.-]*)': ['`]");

    private final PageAssets assets = PageAssets.load();

    @Test
    void bothLanguagesHaveTheSameTexts() {
        assertThat(keys("ko")).isNotEmpty().doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(keys("en"));
    }

    @Test
    void everyRefusalIsToldInKorean() {
        List<String> told =
                Stream.concat(keys("ko").stream(), keys("ko-problems").stream()).toList();

        assertThat(told)
                .doesNotHaveDuplicates()
                .containsAll(Arrays.stream(Refusal.values())
                        .map(refusal -> "problem." + refusal.code())
                        .toList());
    }

    private List<String> keys(String file) {
        byte[] texts =
                assets.at(assets.url("i18n/" + file + ".js")).orElseThrow().content();
        return KEY.matcher(new String(texts, StandardCharsets.UTF_8))
                .results()
                .map(found -> found.group(1))
                .toList();
    }
}
