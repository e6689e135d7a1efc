package io.github.batchexports.sandbox;

import io.github.batchexports.sandbox.internal.ApiRoutes;
import io.github.batchexports.sandbox.internal.CallLog;
import io.github.batchexports.sandbox.internal.CreateRoute;
import io.github.batchexports.sandbox.internal.Credentials;
import io.github.batchexports.sandbox.internal.DownloadRoute;
import io.github.batchexports.sandbox.internal.ListRoute;
import io.github.batchexports.sandbox.internal.ViewRoute;
import io.github.batchexports.sandbox.internal.exports.ExportRegister;
import io.github.batchexports.sandbox.internal.fault.FaultScript;
import io.github.batchexports.sandbox.internal.storage.Contents;
import io.github.batchexports.sandbox.internal.storage.Links;
import io.github.batchexports.sandbox.internal.storage.Storage;

/** All that a reset makes anew: everything but the two servers and their ports. */
final class SandboxState {

    final OffsetClock clock;
    final ExportRegister exports;
    final Contents contents = new Contents();
    final Links links;
    final Credentials credentials = new Credentials();
    final FaultScript apiFaults = new FaultScript();
    final FaultScript storageFaults = new FaultScript();
    final CallLog apiCalls = new CallLog(credentials);
    final CallLog storageCalls = new CallLog(credentials);
    final ApiRoutes api;
    final Storage storage;

    SandboxState(SandboxBuilder options, String storageUrl) {
        this.clock = new OffsetClock(options.clock);
        this.exports = options.register(clock);
        this.links = new Links(options.linkLifetime, clock);
        this.storage = new Storage(links, contents, options.ranges, options.cuts(), storageFaults, storageCalls);
        this.api = new ApiRoutes(
                new ListRoute(exports),
                new ViewRoute(exports),
                new DownloadRoute(exports, links, storageUrl),
                new CreateRoute(exports, options.exportTakes),
                options.apiVersions,
                credentials,
                apiFaults,
                apiCalls);
        api.limitRate(options.requestsPerSecond);
    }
}
