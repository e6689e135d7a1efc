package io.github.batchexports.benchmarks.sidebyside;

import io.github.batchexports.benchmarks.contender.Contenders;
import java.util.List;

/** Who delivers exports: all but the transport floor. */
final class Peers {

    static final List<Contenders> ALL = List.of(
            Contenders.OURS, Contenders.WEBCLIENT, Contenders.AZURE, Contenders.AWS_ITEMS, Contenders.AWS_PAGES);

    private Peers() {}
}
