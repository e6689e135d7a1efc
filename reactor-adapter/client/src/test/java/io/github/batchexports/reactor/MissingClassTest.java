package io.github.batchexports.reactor;

import io.github.batchexports.reactor.HostileCode.Behaviour;
import io.github.batchexports.reactor.HostileNeighbours.Neighbour;
import java.util.List;

/** The same for code that needs a class that is not there. A class of its own, since classes run side by side. */
class MissingClassTest extends HostileNeighbourTest {

    static List<Neighbour> neighbours() {
        return HostileNeighbours.all(directory).stream()
                .filter(neighbour -> neighbour.behaviour == Behaviour.FAILS_TO_LINK)
                .toList();
    }
}
