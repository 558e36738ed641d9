package dev.sluice.gateway.delivery.egress;

import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Answers each question for a name with other addresses, as somebody does who wants to get past a check. */
final class RebindingResolver extends AddressResolverGroup<InetSocketAddress> {
    private final List<List<InetAddress>> answers;
    private final AtomicInteger asked = new AtomicInteger();

    /** @param addresses one an answer; the last one for ever */
    RebindingResolver(String... addresses) {
        this.answers = Stream.of(addresses).map(each -> List.of(address(each))).toList();
    }

    /** @param addresses all of every answer */
    RebindingResolver(List<String> addresses) {
        this.answers =
                List.of(addresses.stream().map(RebindingResolver::address).toList());
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException impossible) {
            throw new IllegalArgumentException(impossible);
        }
    }

    /** How often it was asked. */
    int asked() {
        return asked.get();
    }

    @Override
    protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
        return new InetNameResolver(executor) {
            @Override
            protected void doResolve(String name, Promise<InetAddress> promise) {
                promise.setSuccess(next().get(0));
            }

            @Override
            protected void doResolveAll(String name, Promise<List<InetAddress>> promise) {
                promise.setSuccess(next());
            }
        }.asAddressResolver();
    }

    private List<InetAddress> next() {
        return answers.get(Math.min(asked.getAndIncrement(), answers.size() - 1));
    }
}
