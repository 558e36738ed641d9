package dev.sluice.gateway.delivery.egress;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.CombinedChannelDuplexHandler;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.netty.Connection;

/**
 * HTTP/1.1 as Netty's own codec for clients speaks it, but with one answer for each request: whatever else is read is
 * nobody's, and ends the connection. It knows neither HEAD nor CONNECT.
 *
 * <p>What was sent unasked, but is read only after the next request went out, looks like the answer to it: HTTP/1.1 has
 * nothing to tell them apart by.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112#section-9.2">RFC 9112, which answer belongs to which request</a>
 */
final class AnswerCodec extends CombinedChannelDuplexHandler<HttpResponseDecoder, HttpRequestEncoder> {
    private boolean awaited;

    /** With Netty's limits, which are Reactor Netty's, too. */
    AnswerCodec() {
        init(new Decoder(), new Encoder());
    }

    private final class Encoder extends HttpRequestEncoder {
        @Override
        protected void encode(ChannelHandlerContext context, Object message, List<Object> out) throws Exception {
            if (message instanceof HttpRequest) {
                awaited = true;
            }
            super.encode(context, message, out);
        }
    }

    private final class Decoder extends HttpResponseDecoder {
        private @Nullable LastHttpContent end;
        private boolean interim;
        private boolean spoiled;

        @Override
        protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws Exception {
            if (!awaited) {
                spoiled = true;
                in.skipBytes(in.readableBytes());
                return;
            }
            super.decode(context, in, out);
            if (!out.isEmpty() && out.get(out.size() - 1) instanceof LastHttpContent last) {
                decoded(last, out);
            }
        }

        private void decoded(LastHttpContent last, List<Object> out) {
            boolean switched = hasStatus(out, HttpResponseStatus.SWITCHING_PROTOCOLS);
            if (!switched && isInterim(out)) {
                interim = true;
                out.clear();
                return;
            }
            // The pool gives the connection to whoever waits for it while the end is being told. What is still to be
            // read would be his, so it has to be looked at before.
            out.remove(out.size() - 1);
            end = last;
            awaited = false;
            spoiled |= switched;
        }

        // Nobody has the connection, so nobody is to be told how its closing went.
        @SuppressWarnings("FutureReturnValueIgnored")
        @Override
        public void channelReadComplete(ChannelHandlerContext context) throws Exception {
            boolean readOn = interim && awaited;
            interim = false;
            if (spoiled) {
                Connection.from(context.channel()).markPersistent(false);
            }
            if (end != null) {
                LastHttpContent last = end;
                end = null;
                context.fireChannelRead(last);
            } else if (spoiled) {
                context.channel().close();
            }
            if (readOn) {
                context.read();
            }
            super.channelReadComplete(context);
        }

        @Override
        protected void decodeLast(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws Exception {
            super.decodeLast(context, in, out);
            if (end != null) {
                out.add(end);
                end = null;
            }
        }
    }

    private static boolean isInterim(List<Object> decoded) {
        return decoded.get(0) instanceof HttpResponse head
                && head.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    }

    private static boolean hasStatus(List<Object> decoded, HttpResponseStatus status) {
        return decoded.get(0) instanceof HttpResponse head && head.status().equals(status);
    }
}
