package dev.sluice.gateway.redelivery;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.LoopResources;

/** A callback on loopback that remembers the ids of what it got. It outlives gateways, so its threads are its own. */
public final class Inbox implements AutoCloseable {
    private final List<String> ids = new CopyOnWriteArrayList<>();
    private final LoopResources threads = LoopResources.create("inbox", 1, true);
    private final DisposableServer server;
    private volatile int status = 200;

    public Inbox() {
        server = HttpServer.create()
                .runOn(threads)
                .host("127.0.0.1")
                .port(0)
                .handle((request, response) -> {
                    ids.add(Objects.requireNonNull(request.requestHeaders().get("webhook-id")));
                    return request.receive().then().then(response.status(status).send());
                })
                .bindNow();
    }

    /** From now on it answers with this status. */
    public void answers(int next) {
        status = next;
    }

    public String url() {
        return "http://127.0.0.1:" + server.port() + "/hook";
    }

    public List<String> ids() {
        return List.copyOf(ids);
    }

    @Override
    public void close() {
        server.disposeNow();
        threads.dispose();
    }
}
