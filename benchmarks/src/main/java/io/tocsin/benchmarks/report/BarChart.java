// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.report;

import java.util.List;
import java.util.Locale;

/** A chart of horizontal bars as SVG, readable on a light and on a dark page. */
public final class BarChart {
  private static final int LABELS = 230;
  private static final int BARS = 420;
  private static final int VALUES = 110;
  private static final int ROW = 30;
  private static final int TOP = 46;
  private static final String OURS = "#d9480f";
  private static final String OTHERS = "#748ffc";

  /**
   * One bar.
   *
   * @param label whose it is
   * @param value how long it is, at least 0
   * @param ours whether it is to stand out
   */
  public record Bar(String label, double value, boolean ours) {}

  private BarChart() {}

  /**
   * Draws a chart.
   *
   * @param title what is shown, with its unit
   */
  public static String svg(String title, List<Bar> bars) {
    double most = bars.stream().mapToDouble(Bar::value).max().orElse(0);
    StringBuilder svg = new StringBuilder();
    int width = LABELS + BARS + VALUES;
    int height = TOP + ROW * bars.size() + 10;
    svg.append(
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img" \
        font-family="sans-serif" font-size="13" fill="#868e96">
        <title>%s</title>
        <text x="10" y="24" font-size="15" font-weight="bold">%s</text>
        """
            .formatted(width, height, escaped(title), escaped(title)));
    for (int i = 0; i < bars.size(); i++) {
      svg.append(bar(bars.get(i), TOP + ROW * i, most));
    }
    return svg + "</svg>\n";
  }

  private static String bar(Bar bar, int y, double most) {
    double length = most > 0 ? BARS * bar.value() / most : 0;
    return String.format(
        Locale.ROOT,
        """
        <text x="%d" y="%d" text-anchor="end">%s</text>
        <rect x="%d" y="%d" width="%.1f" height="20" rx="2" fill="%s"/>
        <text x="%.1f" y="%d">%s</text>
        """,
        LABELS - 8,
        y + 15,
        escaped(bar.label()),
        LABELS,
        y,
        length,
        bar.ours() ? OURS : OTHERS,
        LABELS + length + 6,
        y + 15,
        Report.number(bar.value()));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
