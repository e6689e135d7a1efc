package io.github.batchexports.reactor;

import io.github.batchexports.ExportRequest;
import java.util.ArrayList;
import java.util.List;
import org.reactivestreams.Publisher;
import org.reactivestreams.tck.PublisherVerification;
import org.reactivestreams.tck.TestEnvironment;
import org.testng.annotations.AfterMethod;
import org.testng.annotations.Test;

/**
 * The Reactive Streams TCK on {@code list()} over real sockets. The TCK itself skips what the specification leaves open and
 * what cannot be verified from outside; CONTRIBUTING.md lists those tests.
 */
@Test
public class ListTckTest extends PublisherVerification<ExportRequest> {

    private final List<AutoCloseable> opened = new ArrayList<>();

    /** Waits long for signals that must come, and briefly for those that must not. */
    public ListTckTest() {
        super(new TestEnvironment(5_000, 100), 2_000);
    }

    @Override
    public Publisher<ExportRequest> createPublisher(long elements) {
        return client(elements).list();
    }

    @Override
    public Publisher<ExportRequest> createFailedPublisher() {
        BatchExportsClient client = client(0);
        client.close();
        return client.list();
    }

    private BatchExportsClient client(long elements) {
        ExportsServer server = new ExportsServer(elements);
        BatchExportsClient client = server.options().build();
        opened.add(client);
        opened.add(server);
        return client;
    }

    /** Closes what a test has opened. */
    @AfterMethod
    public void close() throws Exception {
        for (AutoCloseable resource : opened) {
            resource.close();
        }
        opened.clear();
    }
}
