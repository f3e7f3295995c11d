package chat.parley.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The page where an OpenID Connect issuer has the passwords. */
class LoggingInAtAnIssuerTest {
    @RegisterExtension
    static final Chromium chromium = new Chromium();

    @Test
    void leadsToTheIssuerAndBackAndRenewsItsTokens() throws Exception {
        try (FakeIssuer issuer = new FakeIssuer();
                ParleyServer server = ParleyServer.start(
                        "parley.auth.issuer-uri=" + issuer.uri(), "parley.auth.client-id=" + FakeIssuer.CLIENT);
                PageVisitor visitor = chromium.visitor(server)) {
            visitor.page.navigate("/");
            visitor.page
                    .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Log in at localhost"))
                    .click();

            assertThat(visitor.page.getByText("Olivia from elsewhere")).isVisible();
            assertThat(visitor.page).hasURL("http://localhost:" + server.port() + "/");
            assertThat(issuer.refreshed()).isPositive();
            visitor.page.navigate("/settings");
            assertThat(visitor.page.getByText("Colours").first()).isVisible();
            assertThat(visitor.page.getByText("New password")).hasCount(0);
            visitor.expectNoErrors();
        }
    }
}
