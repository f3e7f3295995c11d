package chat.parley.web.jetty;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Keeps the answer and the next request intact if a request is refused before its body is read. The received part of
 * the body is dropped. If more is to come, the answer announces that the connection closes, and the rest is read before
 * it does. Without this handler Jetty closes the connection at once, which can destroy the answer or the next request.
 */
final class UnreadBodyHandler extends Handler.Wrapper {
    /** Ten times the largest permitted body. A client that sends more does not read answers. */
    private static final int MAX_DROPPED_BYTES = 16_000_000;

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Body body = new Body(request);
        return super.handle(request, new Answer(request, response, body), new AfterTheBody(callback, body));
    }

    private static final class Answer extends Response.Wrapper {
        private final Body body;

        Answer(Request request, Response wrapped, Body body) {
            super(request, wrapped);
            this.body = body;
        }

        @Override
        public void write(boolean last, ByteBuffer content, Callback callback) {
            if (!isCommitted() && !body.drop()) {
                getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE);
            }
            super.write(last, content, callback);
        }
    }

    /** Completes when both the answer and the body have ended. */
    private static final class AfterTheBody extends Callback.Nested {
        private final Body body;

        AfterTheBody(Callback callback, Body body) {
            super(callback);
            this.body = body;
        }

        @Override
        public void succeeded() {
            if (body.drop() || body.isTooLong()) {
                super.succeeded();
            } else {
                body.whenMore(this::succeeded);
            }
        }
    }

    /** The unread rest of a request's body. */
    private static final class Body {
        private final Request request;
        private int left = MAX_DROPPED_BYTES;
        private boolean ended;

        Body(Request request) {
            this.request = request;
        }

        /** Drops the received bytes. True if the body has ended. */
        boolean drop() {
            while (!ended && !isTooLong()) {
                Content.Chunk chunk = request.read();
                if (chunk == null) {
                    break;
                }
                left -= chunk.remaining();
                ended = chunk.isLast();
                chunk.release();
            }
            return ended;
        }

        boolean isTooLong() {
            return left < 0;
        }

        void whenMore(Runnable then) {
            request.demand(then);
        }
    }
}
