/**
 * Serves the browser page. At the start, {@link chat.parley.page.PageAssets} reads the page's files and the libraries
 * from the classpath, compresses them and computes their hashes; {@link chat.parley.page.PageDocuments} writes URLs and
 * hashes into {@code index.html}. {@link chat.parley.page.PageConfiguration} maps the URLs:
 *
 * <ul>
 *   <li>{@code /assets/<digest of all files>/…} are the page's files and {@code /assets/lib/<name>/<version>/…} the
 *       libraries. A change of a file changes the URL, so browsers keep them for ever.
 *   <li>{@code /}, {@code /c/<conversation>} and the other routes of the page answer {@code index.html}.
 * </ul>
 */
@NullMarked
package chat.parley.page;

import org.jspecify.annotations.NullMarked;
