package chat.parley.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The page speaks English and Korean. */
@ExtendWith(Chromium.class)
class LanguagesInTheBrowserTest {
    @Test
    void theChosenLanguageIsThatOfRefusalsToo(PageVisitor visitor) {
        visitor.signUp();
        assertThat(visitor.inbox()).isVisible();
        visitor.page.navigate("/settings");
        visitor.page.getByRole(AriaRole.COMBOBOX, named("Language")).selectOption("ko");
        assertThat(visitor.page.getByRole(AriaRole.HEADING, named("설정"))).isVisible();

        visitor.page.navigate("/search?q=word");

        assertThat(visitor.page.getByRole(AriaRole.HEADING, named("메시지 검색"))).isVisible();
        assertThat(visitor.page.getByRole(AriaRole.ALERT)).hasText("이 서버에서는 검색이 꺼져 있습니다.");
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name).setExact(true);
    }
}
