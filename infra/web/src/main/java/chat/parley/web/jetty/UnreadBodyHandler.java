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
 * What is refused before its body has been read must not cost the client the answer, or its next request. What has come of
 * the body is dropped; where more is to come, the answer says that the connection ends with it, and the rest is read before
 * it does. Jetty alone cuts the connection: under the next request if the answer came first, or else under the answer.
 */
final class UnreadBodyHandler extends Handler.Wrapper {
    /** Ten times the largest body there may be: who goes on for longer is not reading answers. */
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

    /** The exchange ends when both the answer and the body have. */
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

    /** What is left of a request's body. */
    private static final class Body {
        private final Request request;
        private int left = MAX_DROPPED_BYTES;
        private boolean ended;

        Body(Request request) {
            this.request = request;
        }

        /** Drops what there is. Says whether that was the end. */
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
