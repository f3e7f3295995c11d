package chat.parley.app;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;

/** Types as an input method does, through the calls that Chromium's DevTools have for it. */
record InputMethod(CDPSession devTools) {
    /** The code of every key that the input method handles. */
    private static final int PROCESS_KEY = 229;

    static InputMethod of(Page page) {
        return new InputMethod(page.context().newCDPSession(page));
    }

    /** Shows this text as the composition, in place of the one before. */
    void compose(String text) {
        JsonObject composition = new JsonObject();
        composition.addProperty("text", text);
        composition.addProperty("selectionStart", text.length());
        composition.addProperty("selectionEnd", text.length());
        devTools.send("Input.imeSetComposition", composition);
    }

    /** Ends the composition with this text. */
    void commit(String text) {
        JsonObject inserted = new JsonObject();
        inserted.addProperty("text", text);
        devTools.send("Input.insertText", inserted);
    }

    /** Tells the page of a key that the input method handles, such as {@code Enter}. */
    void press(String code) {
        JsonObject key = new JsonObject();
        key.addProperty("type", "rawKeyDown");
        key.addProperty("key", code.equals("Enter") ? "Process" : code);
        key.addProperty("code", code);
        key.addProperty("windowsVirtualKeyCode", PROCESS_KEY);
        devTools.send("Input.dispatchKeyEvent", key);
    }

    /** Composes this text, of which Enter ends the composition. */
    void composeAndPressEnter(String text) {
        compose(text);
        press("Enter");
        commit(text);
    }
}
