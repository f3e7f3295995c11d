package chat.parley.web.jetty;

import java.util.List;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.springframework.http.MediaType;

/**
 * Refuses malformed requests before any framework reads them: a query that is not UTF-8 or not percent-encoded, an empty
 * {@code Accept}, and a {@code Content-Type} that is not one concrete media type. NUL is refused too, because no text of
 * Parley contains it and no engine accepts it.
 */
final class RequestValidationHandler extends Handler.Wrapper {
    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (!isReadable(request) || !hasValidAccept(request)) {
            Response.writeError(request, response, callback, HttpStatus.BAD_REQUEST_400);
        } else if (!hasValidContentType(request)) {
            Response.writeError(request, response, callback, HttpStatus.UNSUPPORTED_MEDIA_TYPE_415);
        } else {
            return super.handle(request, response, callback);
        }
        return true;
    }

    /** The same decoder reads the parameters later, and keeps what it has decoded here. */
    private static boolean isReadable(Request request) {
        try {
            return Request.extractQueryParameters(request).stream().noneMatch(RequestValidationHandler::hasNul);
        } catch (IllegalArgumentException | IllegalStateException unreadable) {
            return false;
        }
    }

    private static boolean hasNul(Fields.Field parameter) {
        return parameter.getName().indexOf('\0') >= 0
                || parameter.getValues().stream().anyMatch(value -> value.indexOf('\0') >= 0);
    }

    /** Refuses an empty list, which frameworks interpret differently. */
    private static boolean hasValidAccept(Request request) {
        return request.getHeaders().getValuesList(HttpHeader.ACCEPT).stream().noneMatch(String::isBlank);
    }

    private static boolean hasValidContentType(Request request) {
        List<String> types = request.getHeaders().getValuesList(HttpHeader.CONTENT_TYPE);
        return types.isEmpty() || (types.size() == 1 && isConcrete(types.getFirst()));
    }

    private static boolean isConcrete(String contentType) {
        try {
            MediaType type = MediaType.parseMediaType(contentType);
            return type.isConcrete() && (type.getParameter("charset") == null || type.getCharset() != null);
        } catch (IllegalArgumentException unreadable) {
            return false;
        }
    }
}
