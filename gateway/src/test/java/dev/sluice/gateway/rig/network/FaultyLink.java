package dev.sluice.gateway.rig.network;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A TCP proxy that does to connections what networks do. Everything happens on one event loop, so that each change meets all
 * connections at one moment.
 */
public final class FaultyLink implements AutoCloseable {
    private static final int BACKLOG = 4_096;

    private final InetSocketAddress target;
    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final EventLoop loop = group.next();
    private final AtomicInteger accepted = new AtomicInteger();
    private final Channel listener;

    // All of these belong to the event loop.
    private final Set<LinkSide> live = new HashSet<>();
    private final Set<LinkSide> lost = new HashSet<>();
    private long delayNanos;
    private boolean cut;
    private boolean stalled;

    /** Listens on a free port of this machine; each connection is passed on to the target. */
    public FaultyLink(InetSocketAddress target) {
        this.target = target;
        this.listener = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel near) {
                        accept(near);
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .syncUninterruptibly()
                .channel();
    }

    private void accept(SocketChannel near) {
        accepted.incrementAndGet();
        LinkSide nearSide = new LinkSide(this, near);
        LinkSide farSide = nearSide.opposite();
        near.pipeline().addLast(nearSide);
        if (cut) {
            nearSide.reset();
            return;
        }
        live.add(nearSide);
        new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(farSide)
                .connect(target)
                .addListener(connected -> {
                    if (connected.isSuccess()) {
                        nearSide.readUnless(stalled);
                        farSide.readUnless(stalled);
                    } else {
                        nearSide.reset();
                    }
                });
    }

    /** The port that stands for the target's. */
    public int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    /** How many connections were made so far, those that were cut at once included. */
    public int accepted() {
        return accepted.get();
    }

    /** Ends every connection with a reset; new ones work. */
    public void reset() {
        onLoop(() -> List.copyOf(live).forEach(LinkSide::reset));
    }

    /** Ends every connection with a reset, and each new one at once, until {@link #clear}. */
    public void cut() {
        onLoop(() -> {
            cut = true;
            List.copyOf(live).forEach(LinkSide::reset);
        });
    }

    /** Lets nothing through until {@link #clear}; then all of it. */
    public void stall() {
        onLoop(() -> {
            stalled = true;
            live.forEach(side -> side.readUnless(true));
        });
    }

    /** Has everything take longer, in each direction, until {@link #clear}. */
    public void delay(Duration delay) {
        onLoop(() -> delayNanos = delay.toNanos());
    }

    /**
     * Forgets the connections there are, as a firewall does that has lost its state: they carry nothing any more, and neither
     * side is told. New ones work. Those forgotten the time before are ended.
     */
    public void forgetConnections() {
        onLoop(() -> {
            List.copyOf(lost).forEach(LinkSide::reset);
            live.forEach(LinkSide::lose);
            lost.addAll(live);
            live.clear();
        });
    }

    /** All is well again, but for what was forgotten. */
    public void clear() {
        onLoop(() -> {
            cut = false;
            delayNanos = 0;
            if (stalled) {
                stalled = false;
                live.forEach(side -> side.readUnless(false));
            }
        });
    }

    private void onLoop(Runnable change) {
        loop.submit(change).syncUninterruptibly();
    }

    long delayNanos() {
        return delayNanos;
    }

    boolean isStalled() {
        return stalled;
    }

    void ended(LinkSide nearSide) {
        live.remove(nearSide);
        lost.remove(nearSide);
    }

    @Override
    public void close() {
        listener.close().syncUninterruptibly();
        onLoop(() -> {
            List.copyOf(live).forEach(LinkSide::reset);
            List.copyOf(lost).forEach(LinkSide::reset);
        });
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
