package io.github.batchexports.benchmarks.report;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.text.NumberFormat;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.jfree.chart.ChartFactory;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.labels.ItemLabelAnchor;
import org.jfree.chart.labels.ItemLabelPosition;
import org.jfree.chart.labels.StandardCategoryItemLabelGenerator;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.renderer.category.BarRenderer;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.category.DefaultCategoryDataset;

/** Draws bars into one picture, a chart below the other. */
public final class Chart {

    static final Color OURS = new Color(0x1F6FEB);
    private static final Color PEERS = new Color(0xAFB8C1);
    private static final Color GRID = new Color(0xD0D7DE);

    private static final int WIDTH = 960;
    private static final int TITLE_AND_AXIS = 80;
    private static final int BAR = 26;
    /** Pixels for each unit of the sizes above, so that text is sharp where a page shows it smaller. */
    private static final int SCALE = 2;

    private Chart() {}

    /** Writes a PNG; whatever was there is replaced. */
    public static void write(Path file, List<Bars> charts) throws IOException {
        int height = charts.stream().mapToInt(Chart::height).sum();
        BufferedImage image = new BufferedImage(WIDTH * SCALE, height * SCALE, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        try {
            graphics.scale(SCALE, SCALE);
            int top = 0;
            for (Bars bars : charts) {
                draw(bars).draw(graphics, new Rectangle2D.Double(0, top, WIDTH, height(bars)));
                top += height(bars);
            }
        } finally {
            graphics.dispose();
        }
        if (!ImageIO.write(image, "png", file.toFile())) {
            throw new IOException("this Java cannot write PNG");
        }
    }

    private static int height(Bars bars) {
        return TITLE_AND_AXIS + BAR * bars.values().size();
    }

    private static JFreeChart draw(Bars bars) {
        // A row for ours and one for the peers: a colour belongs to a row.
        DefaultCategoryDataset data = new DefaultCategoryDataset();
        bars.values()
                .forEach((contender, value) ->
                        data.addValue(value.doubleValue(), data.getColumnCount() == 0 ? "ours" : "peers", contender));
        JFreeChart chart = ChartFactory.createStackedBarChart(
                bars.title(), null, null, data, PlotOrientation.HORIZONTAL, false, false, false);
        chart.getTitle().setFont(new Font(Font.SANS_SERIF, Font.BOLD, 15));
        CategoryPlot plot = chart.getCategoryPlot();
        plot.setBackgroundPaint(Color.WHITE);
        plot.setRangeGridlinePaint(GRID);
        plot.setOutlineVisible(false);
        plot.getDomainAxis().setMaximumCategoryLabelWidthRatio(0.5f);
        NumberAxis axis = (NumberAxis) plot.getRangeAxis();
        axis.setNumberFormatOverride(NumberFormat.getNumberInstance(Locale.ROOT));
        // Room for the figure at the end of the longest bar.
        axis.setUpperMargin(0.12);
        style((BarRenderer) plot.getRenderer());
        return chart;
    }

    private static void style(BarRenderer renderer) {
        renderer.setBarPainter(new StandardBarPainter());
        renderer.setShadowVisible(false);
        renderer.setSeriesPaint(0, OURS);
        renderer.setSeriesPaint(1, PEERS);
        renderer.setDefaultItemLabelGenerator(
                new StandardCategoryItemLabelGenerator("{2}", NumberFormat.getNumberInstance(Locale.ROOT)));
        renderer.setDefaultItemLabelsVisible(true);
        renderer.setDefaultPositiveItemLabelPosition(
                new ItemLabelPosition(ItemLabelAnchor.OUTSIDE3, TextAnchor.CENTER_LEFT));
    }
}
