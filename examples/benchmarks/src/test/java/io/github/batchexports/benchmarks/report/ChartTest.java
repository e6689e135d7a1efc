package io.github.batchexports.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThatCode;

import java.awt.GraphicsEnvironment;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChartTest {

    @TempDir
    Path directory;

    @Test
    void chartsAreDrawnOneBelowTheOtherAndOursStandsOut() throws IOException {
        // A bare machine may have no fonts, without which Java draws no text.
        assumeThatCode(() -> GraphicsEnvironment.getLocalGraphicsEnvironment().getAvailableFontFamilyNames())
                .doesNotThrowAnyException();
        Path file = directory.resolve("chart.png");

        Chart.write(file, List.of(bars(8, 2)));
        BufferedImage one = ImageIO.read(file.toFile());
        Chart.write(file, List.of(bars(8, 2), bars(2, 8)));
        BufferedImage two = ImageIO.read(file.toFile());

        assertThat(two.getHeight()).isEqualTo(2 * one.getHeight());
        // Ours is four times as long in the first chart as in the second.
        double first = ours(two, 0, one.getHeight());
        double second = ours(two, one.getHeight(), two.getHeight());
        assertThat(second).isPositive();
        assertThat(first / second).isBetween(3.9, 4.1);
    }

    private static Bars bars(double ours, double peer) {
        Bars bars = new Bars("Eggs");
        bars.add("ours", ours);
        bars.add("peer", peer);
        return bars;
    }

    /** How many pixels have our colour between two rows. */
    private static long ours(BufferedImage image, int from, int to) {
        return IntStream.range(from, to)
                .mapToLong(y -> IntStream.range(0, image.getWidth())
                        .filter(x -> image.getRGB(x, y) == Chart.OURS.getRGB())
                        .count())
                .sum();
    }
}
