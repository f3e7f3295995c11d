package chat.parley.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A view shows the newest state of its model, whenever that changes. */
@ExtendWith(Chromium.class)
class DrawingInTheBrowserTest {
    @Test
    void aChangeBetweenADrawingAndTheNextFrameIsDrawn(PageVisitor visitor) {
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
