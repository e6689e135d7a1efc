package io.github.batchexports.reactor.internal.watch;

import io.github.batchexports.ExportChange;
import io.github.batchexports.ExportChange.Kind;
import io.github.batchexports.ExportRequest;
import io.github.batchexports.ExportStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A generated history of a project: at each step one export appears, or an open one changes its status. */
final class History {

    private static final List<ExportStatus> WAY =
            List.of(ExportStatus.CREATED, ExportStatus.PENDING, ExportStatus.RUNNING, ExportStatus.SUCCESS);

    private final FakeExportList list;
    private final Random random;

    History(FakeExportList list, long seed) {
        this.list = list;
        this.random = new Random(seed);
    }

    /** Takes a step; returns the change it makes. */
    ExportChange step() {
        List<Integer> open = new ArrayList<>();
        for (int i = 0; i < list.all().size(); i++) {
            if (!list.get(i).isFinal()) {
                open.add(i);
            }
        }
        if (open.isEmpty() || random.nextInt(4) == 0) {
            return ExportChange.builder()
                    .kind(Kind.DISCOVERED)
                    .export(list.add(ExportStatus.CREATED))
                    .build();
        }
        int index = open.get(random.nextInt(open.size()));
        ExportRequest before = list.get(index);
        ExportStatus next = random.nextInt(10) == 0 ? ExportStatus.ERROR : WAY.get(WAY.indexOf(before.status()) + 1);
        return ExportChange.builder()
                .previous(before.status())
                .kind(Kind.STATUS)
                .export(list.set(index, next))
                .build();
    }
}
