package dev.sluice.gateway.error;

import io.netty.channel.ChannelException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import reactor.core.publisher.Hooks;
import reactor.netty.channel.AbortedException;

/**
 * Errors that come when nobody waits for the result any more. That a connection ended after its request was refused is one
 * any sender can cause at will, and no news; all others are.
 */
final class DroppedErrors implements InitializingBean, DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger(DroppedErrors.class);

    @Override
    public void afterPropertiesSet() {
        Hooks.onErrorDropped(DroppedErrors::note);
    }

    private static void note(Throwable error) {
        if (error instanceof ChannelException || AbortedException.isConnectionReset(error)) {
            LOG.debug("A connection ended after its request was over", error);
        } else {
            LOG.error("An error that nobody waits for", error);
        }
    }

    @Override
    public void destroy() {
        Hooks.resetOnErrorDropped();
    }
}
