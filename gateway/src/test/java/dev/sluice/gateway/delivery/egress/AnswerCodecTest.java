package dev.sluice.gateway.delivery.egress;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.netty.Connection;

/** When the end of an answer is told, and what becomes of the connection, read by read. */
class AnswerCodecTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

    private final EmbeddedChannel channel = new EmbeddedChannel(new AnswerCodec());

    @AfterEach
    void finish() {
        channel.finishAndReleaseAll();
    }

    @Test
    void tellsTheEndWhenAllThatWasReadIsLookedAt() {
        ask();

        read(OK);
        assertThat(channel.inboundMessages()).hasSize(1).first().isInstanceOf(HttpResponse.class);

        channel.flushInbound();
        assertThat(channel.inboundMessages()).hasSize(2).last().isInstanceOf(LastHttpContent.class);
        assertThat(isToBeKept()).isTrue();
    }

    /** As with TLS, where each record that came with a segment is a read of its own. */
    @Test
    void keepsNoConnectionOnWhichMoreCameInTheNextOfSeveralReads() {
        ask();

        read(OK);
        read("HTTP/1.1");
        channel.flushInbound();

        assertThat(channel.inboundMessages()).hasSize(2);
        assertThat(isToBeKept()).isFalse();
    }

    @Test
    void looksAtEachRequestsAnswerAnew() {
        for (int i = 0; i < 3; i++) {
            ask();
            read(OK.substring(0, 20));
            channel.flushInbound();
            read(OK.substring(20));
            channel.flushInbound();

            assertThat(channel.inboundMessages()).hasSize(2);
            channel.releaseInbound();
        }
        assertThat(isToBeKept()).isTrue();
    }

    @Test
    void closesWhenSomethingComesUnasked() {
        read("x");
        channel.flushInbound();

        assertThat(channel.isOpen()).isFalse();
        assertThat(channel.inboundMessages()).isEmpty();
    }

    @Test
    void tellsTheEndOfAnAnswerWithWhichTheConnectionEnds() {
        ask();

        read("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
        ReferenceCountUtil.release(channel.readInbound());
        channel.pipeline().fireChannelInactive();

        assertThat(channel.inboundMessages()).hasSize(1).first().isInstanceOf(LastHttpContent.class);
    }

    private void ask() {
        channel.writeOutbound(new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/"));
        channel.releaseOutbound();
    }

    private void read(String text) {
        channel.pipeline().fireChannelRead(Unpooled.copiedBuffer(text, US_ASCII));
    }

    private boolean isToBeKept() {
        return Connection.from(channel).isPersistent();
    }
}
