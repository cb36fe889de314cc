// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.page;

import io.tocsin.models.incidents.Evidence;
import io.tocsin.models.incidents.Quantities;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.ToDoubleFunction;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Draws the values of a symptom beside what was expected, and where it began to deviate. Twice as
 * large as phones show it, so that it is read there.
 */
final class SymptomChart {
  static final int WIDTH = 800;
  static final int HEIGHT = 420;

  private static final Rectangle PLOT = new Rectangle(136, 116, 644, 256);
  private static final Color GROUND = Color.WHITE;
  private static final Color INK = new Color(0x1c1917);
  private static final Color FAINT = new Color(0x57534e);
  private static final Color LINE = new Color(0xe2e0dd);
  static final Color OBSERVED = new Color(0xb91c1c);
  private static final Color EXPECTED = new Color(0x1d4ed8);
  static final Color BAND = new Color(0xc3d0f5);
  private static final Color PALE_BAND = new Color(0xeaeffc);
  private static final Color ONSET = new Color(0xb45309);

  /** Where times are written. */
  private static final int FOOT = HEIGHT - 16;

  private static final int FEW_POINTS = 60;
  private static final int MOST_NAME = 120;
  private static final int MARGIN = 20;

  static {
    // Where there is a screen, it is none of a server's business.
    System.setProperty("java.awt.headless", "true");
  }

  private final Graphics2D to;
  private final Evidence symptom;
  private final SymptomCourse course;
  private final Axis times;
  private final Axis values;

  private SymptomChart(Graphics2D to, Evidence symptom, List<Trail.Point> points) {
    this.to = to;
    this.symptom = symptom;
    course = SymptomCourse.of(symptom, points);
    times = course.times(symptom.onset());
    values = course.values(symptom.unit());
  }

  /**
   * A PNG.
   *
   * @param points one at least, the oldest first
   * @throws Error of several kinds, when Java finds no font to write with
   */
  static ByteBuffer png(Evidence symptom, List<Trail.Point> points) throws IOException {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    try {
      new SymptomChart(graphics, symptom, points).draw();
    } finally {
      graphics.dispose();
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageIO.write(image, "png", out);
    }
    return ByteBuffer.wrap(bytes.toByteArray());
  }

  private void draw() {
    to.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    to.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    to.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    to.setColor(GROUND);
    to.fillRect(0, 0, WIDTH, HEIGHT);
    head();
    to.setClip(PLOT);
    band(course.before(), PALE_BAND);
    band(course.since(), BAND);
    to.setClip(null);
    grid();
    to.setClip(PLOT);
    curve(course.since(), Trail.Point::expected, EXPECTED, dashed(2, 10, 7));
    curve(course.points(), Trail.Point::observed, OBSERVED, round(4));
    dots();
    to.setClip(null);
    onset();
  }

  private void head() {
    write(Wording.name(symptom), Font.BOLD, 28, INK, 40);
    write(Wording.comparison(symptom), Font.PLAIN, 24, FAINT, 76);
  }

  private void write(String text, int style, int size, Color colour, int y) {
    to.setFont(new Font(Font.SANS_SERIF, style, size));
    to.setColor(colour);
    to.drawString(fitting(text), MARGIN, y);
  }

  /** As much of a text as there is room for. */
  private String fitting(String text) {
    int room = WIDTH - 2 * MARGIN;
    int end = Math.min(text.length(), MOST_NAME);
    while (end > 1 && to.getFontMetrics().stringWidth(cut(text, end)) > room) {
      end--;
    }
    return cut(text, end);
  }

  private static String cut(String text, int end) {
    return end == text.length() ? text : text.substring(0, end - 1) + "…";
  }

  private void band(List<Trail.Point> between, Color colour) {
    Path2D edge = new Path2D.Double();
    for (Trail.Point point : between) {
      extend(edge, point, point.upper());
    }
    for (int i = between.size() - 1; i >= 0; i--) {
      extend(edge, between.get(i), between.get(i).lower());
    }
    to.setColor(colour);
    to.fill(edge);
  }

  private void extend(Path2D path, Trail.Point point, double value) {
    if (path.getCurrentPoint() == null) {
      path.moveTo(x(point.time()), y(value));
    } else {
      path.lineTo(x(point.time()), y(value));
    }
  }

  private void grid() {
    to.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 21));
    to.setStroke(new BasicStroke(1));
    String before = "";
    for (double line : values.lines()) {
      to.setColor(LINE);
      to.draw(new Line2D.Double(PLOT.x, y(line), PLOT.getMaxX(), y(line)));
      to.setColor(FAINT);
      // Of lines nearer than a value is told exactly, the first is named.
      String told = Quantities.value(line, symptom.unit());
      if (!told.equals(before)) {
        to.drawString(told, PLOT.x - 10 - to.getFontMetrics().stringWidth(told), (int) y(line) + 7);
      }
      before = told;
    }
    for (double line : times.lines()) {
      double x = x(Math.round(line));
      to.setColor(LINE);
      to.draw(new Line2D.Double(x, PLOT.y, x, PLOT.getMaxY()));
      to.setColor(FAINT);
      centred(Wording.clock(Math.round(line)).substring(0, "hh:mm".length()), x, FOOT);
    }
  }

  /** Within the picture. */
  private void centred(String text, double x, int y) {
    int width = to.getFontMetrics().stringWidth(text);
    double left = Math.min(Math.max(MARGIN, x - width / 2.0), WIDTH - MARGIN - width);
    to.drawString(text, (int) left, y);
  }

  private void curve(
      List<Trail.Point> along,
      ToDoubleFunction<Trail.Point> column,
      Color colour,
      BasicStroke stroke) {
    Path2D path = new Path2D.Double();
    for (Trail.Point point : along) {
      double value = column.applyAsDouble(point);
      if (Double.isFinite(value)) {
        extend(path, point, value);
      }
    }
    to.setColor(colour);
    to.setStroke(stroke);
    to.draw(path);
  }

  /** Of few values each is seen. */
  private void dots() {
    if (course.points().size() >= FEW_POINTS) {
      return;
    }
    to.setColor(OBSERVED);
    for (Trail.Point point : course.points()) {
      if (Double.isFinite(point.observed())) {
        to.fill(new Ellipse2D.Double(x(point.time()) - 5, y(point.observed()) - 5, 10, 10));
      }
    }
  }

  private void onset() {
    double x = x(symptom.onset());
    to.setColor(ONSET);
    to.setStroke(dashed(3, 8, 8));
    to.draw(new Line2D.Double(x, PLOT.y, x, PLOT.getMaxY()));
    centred(Wording.clock(symptom.onset()) + " UTC", x, PLOT.y - 8);
  }

  private static BasicStroke round(float width) {
    return new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
  }

  private static BasicStroke dashed(float width, float on, float off) {
    return new BasicStroke(
        width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {on, off}, 0);
  }

  private double x(long time) {
    return PLOT.x + times.share((double) time) * PLOT.width;
  }

  private double y(double value) {
    return PLOT.getMaxY() - values.share(value) * PLOT.height;
  }
}
