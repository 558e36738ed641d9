package dev.sluice.gateway.rig.network;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One of the two connections that make one through a {@link FaultyLink}. What comes on it goes out on its opposite. */
// Whatever becomes of a write or a close shows as the end of the connection.
@SuppressWarnings("FutureReturnValueIgnored")
final class LinkSide extends ChannelInboundHandlerAdapter {
    private final FaultyLink link;
    private final LinkSide opposite;
    private final boolean near;
    private @Nullable Channel channel;
    private boolean lost;
    private boolean over;
    /** When the last of what was delayed goes out: nothing overtakes it. */
    private long outAtNanos = System.nanoTime();

    /** The side of who connected. */
    LinkSide(FaultyLink link, Channel channel) {
        this.link = link;
        this.channel = channel;
        this.near = true;
        this.opposite = new LinkSide(link, this);
    }

    private LinkSide(FaultyLink link, LinkSide near) {
        this.link = link;
        this.near = false;
        this.opposite = near;
    }

    LinkSide opposite() {
        return opposite;
    }

    @Override
    public void channelRegistered(ChannelHandlerContext context) {
        channel = context.channel();
        context.fireChannelRegistered();
    }

    /** Begins to read on both sides, or stops. */
    void readUnless(boolean stopped) {
        setReading(!stopped);
        opposite.setReading(!stopped);
    }

    private void setReading(boolean reading) {
        Channel current = channel;
        if (current != null) {
            current.config().setAutoRead(reading);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
        if (lost || over) {
            ReferenceCountUtil.release(bytes);
            return;
        }
        later(() -> forward(bytes));
    }

    private void forward(Object bytes) {
        Channel out = opposite.channel;
        if (out == null || lost || over) {
            ReferenceCountUtil.release(bytes);
            return;
        }
        out.writeAndFlush(bytes);
        setReading(out.isWritable() && !link.isStalled());
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        opposite.setReading(context.channel().isWritable() && !link.isStalled());
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        // A lost connection's end is news that does not arrive either.
        if (!lost && !over) {
            later(this::end);
        }
    }

    private void end() {
        over = true;
        link.ended(near ? this : opposite);
        Channel out = opposite.channel;
        if (out != null && !opposite.over) {
            out.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
    }

    private void later(Runnable work) {
        long now = System.nanoTime();
        long at = now + link.delayNanos();
        if (at - outAtNanos < 0) {
            at = outAtNanos;
        }
        outAtNanos = at;
        Channel current = channel;
        if (at - now <= 0 || current == null) {
            work.run();
        } else {
            current.eventLoop().schedule(work, at - now, TimeUnit.NANOSECONDS);
        }
    }

    /** Carries nothing any more, in either direction, and tells nobody. */
    void lose() {
        lost = true;
        opposite.lost = true;
    }

    /** Ends both with a reset. */
    void reset() {
        link.ended(near ? this : opposite);
        abort();
        opposite.abort();
    }

    private void abort() {
        over = true;
        Channel current = channel;
        if (current != null) {
            if (current.isOpen()) {
                current.config().setOption(ChannelOption.SO_LINGER, 0);
            }
            current.close();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable broken) {
        context.close();
    }
}
