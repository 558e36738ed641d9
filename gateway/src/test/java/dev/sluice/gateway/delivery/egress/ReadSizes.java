package dev.sluice.gateway.delivery.egress;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Sees what is read from connections, before anything is done with it. */
@Sharable
final class ReadSizes extends ChannelInboundHandlerAdapter {
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicInteger largest = new AtomicInteger();

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof ByteBuf read) {
            bytes.addAndGet(read.readableBytes());
            largest.accumulateAndGet(read.capacity(), Math::max);
        }
        context.fireChannelRead(message);
    }

    /** How much was read in all. */
    long bytes() {
        return bytes.get();
    }

    /** The capacity of the largest buffer that was read into. */
    int largestBuffer() {
        return largest.get();
    }
}
