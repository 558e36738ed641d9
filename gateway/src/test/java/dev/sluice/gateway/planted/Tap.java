package dev.sluice.gateway.planted;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;

/** Keeps what goes through one connection, as it stands on the wire: all answers, and how each request begins. */
final class Tap extends ChannelDuplexHandler {
    private static final int ASKED_MAX = 64 * 1024;
    /** So much of the end is written again with what follows, so that no secret is torn in two. */
    private static final int OVERLAP = 512;

    private final StringBuilder asked = new StringBuilder();
    private String lastAnswered = "";

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        if (message instanceof ByteBuf bytes && asked.length() < ASKED_MAX) {
            asked.append(text(bytes));
        }
        super.channelRead(context, message);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        if (message instanceof ByteBuf bytes) {
            String now = text(bytes);
            Said.append("answered", lastAnswered + now + "\n\n");
            lastAnswered = now.length() < OVERLAP ? lastOf(lastAnswered + now) : lastOf(now);
            if (!asked.isEmpty()) {
                Said.append("asked", asked + "\n\n");
                asked.setLength(0);
            }
        }
        super.write(context, message, promise);
    }

    private static String lastOf(String text) {
        return text.substring(Math.max(0, text.length() - OVERLAP));
    }

    private static String text(ByteBuf bytes) {
        return bytes.toString(ISO_8859_1);
    }
}
