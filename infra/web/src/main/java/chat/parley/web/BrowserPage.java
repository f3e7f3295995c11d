package chat.parley.web;

import java.util.List;

/** What the security filters need to know about the page that this server offers to browsers. */
public interface BrowserPage {
    /** Patterns of the paths that need no token. */
    List<String> publicPaths();

    /** The page's inline scripts as sources of a Content-Security-Policy, such as {@code 'sha256-…'}. */
    String inlineScripts();
}
