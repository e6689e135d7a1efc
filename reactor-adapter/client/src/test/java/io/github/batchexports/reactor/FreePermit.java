package io.github.batchexports.reactor;

import io.github.batchexports.reactor.RequestPacer.Permit;

/** A permit of a pacer that limits nothing. */
final class FreePermit implements Permit {

    @Override
    public void sent() {}

    @Override
    public void release() {}
}
