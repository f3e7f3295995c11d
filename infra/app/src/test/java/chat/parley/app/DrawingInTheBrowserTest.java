package chat.parley.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A view shows the newest state of its model, whenever that changes. */
class DrawingInTheBrowserTest {
    @RegisterExtension
    static final Chromium chromium = new Chromium();

    @Test
    void aChangeBetweenADrawingAndTheNextFrameIsDrawn() {
        try (PageVisitor visitor =
                chromium.visitor("http://localhost:" + ParleyServer.shared().port())) {
            visitor.page.navigate("/");
            visitor.page.evaluate("""
                    async () => {
                      const { h, render } = await import('preact');
                      const module = document.querySelector("link[href$='/model/observable.js']").href;
                      const { Observable, useModel } = await import(module);
                      const model = Object.assign(new Observable(), { text: 'before' });
                      document.body.append(Object.assign(document.createElement('div'), { id: 'drawn' }));
                      render(h(() => useModel(model).text), document.getElementById('drawn'));
                      model.text = 'after';
                      model.changed();
                    }""");

            assertThat(visitor.page.locator("#drawn")).hasText("after");
            visitor.expectNoErrors();
        }
    }
}
