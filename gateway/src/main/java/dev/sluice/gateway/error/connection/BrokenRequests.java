package dev.sluice.gateway.error.connection;

import dev.sluice.gateway.error.ErrorResponses;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.ReferenceCountUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.netty.NettyPipeline;

/**
 * Refuses on one connection what cannot be read as HTTP, and closes it. Left to the server, a body whose chunks break off would
 * be taken for whole, and no answer would say what is wrong.
 */
final class BrokenRequests extends ChannelDuplexHandler {
    private static final Logger LOG = LoggerFactory.getLogger(BrokenRequests.class);

    private int unanswered;
    private boolean answering;

    /** Watches a new connection, where its requests have just been read. */
    static void watch(Channel connection) {
        connection
                .pipeline()
                .addBefore(NettyPipeline.HttpTrafficHandler, "sluice.broken-requests", new BrokenRequests());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        boolean head = message instanceof HttpRequest;
        if (message instanceof HttpObject part && part.decoderResult().isFailure() && !(head && unanswered > 0)) {
            ReferenceCountUtil.release(message);
            refuse(context, head, part.decoderResult().cause());
            return;
        }
        // A broken head behind other requests goes on: the server answers it in its turn.
        if (head) {
            unanswered++;
        }
        context.fireChannelRead(message);
    }

    /** The connection ends either way, and nobody waits for it. */
    @SuppressWarnings("FutureReturnValueIgnored")
    private void refuse(ChannelHandlerContext context, boolean head, Throwable cause) {
        LOG.debug("A request cannot be read", cause);
        boolean inTurn = head || (unanswered == 1 && !answering);
        if (inTurn) {
            context.writeAndFlush(answer(head, cause)).addListener(ChannelFutureListener.CLOSE);
        } else {
            context.close();
        }
    }

    private static FullHttpResponse answer(boolean head, Throwable cause) {
        byte[] body = ErrorResponses.body(message(head, cause));
        FullHttpResponse answer =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status(cause), Unpooled.wrappedBuffer(body));
        answer.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON)
                .setInt(HttpHeaderNames.CONTENT_LENGTH, body.length)
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        return answer;
    }

    private static HttpResponseStatus status(Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return HttpResponseStatus.REQUEST_URI_TOO_LONG;
        }
        return cause instanceof TooLongHttpHeaderException
                ? HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
                : HttpResponseStatus.BAD_REQUEST;
    }

    private static String message(boolean head, Throwable cause) {
        if (!head) {
            return "body: its chunks cannot be read (expected: each with its length in hexadecimal digits before it)";
        }
        if (cause instanceof TooLongHttpLineException) {
            return "request line: too long (expected: a shorter URL)";
        }
        return cause instanceof TooLongHttpHeaderException
                ? "headers: too long (expected: fewer or shorter ones)"
                : "request: its head cannot be read (expected: HTTP/1.1, one Content-Length or Transfer-Encoding: chunked, header"
                        + " names and values without control characters)";
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        if (message instanceof HttpResponse response
                && response.status().codeClass() != HttpStatusClass.INFORMATIONAL) {
            answering = true;
        }
        if (answering && message instanceof LastHttpContent) {
            answering = false;
            unanswered--;
        }
        super.write(context, message, promise);
    }
}
