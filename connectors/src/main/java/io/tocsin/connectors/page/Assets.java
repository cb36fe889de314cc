// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The files that the page is made of: its style, its script, the chart library, the icon. */
final class Assets {
  private static final String UPLOT = "/META-INF/resources/webjars/uplot/";
  private static final String SCRIPT = "text/javascript; charset=utf-8";
  private static final String STYLE = "text/css; charset=utf-8";
  private static final int DAY_SECONDS = 86_400;

  private final Map<String, Document> documents;

  Assets() {
    String dist = UPLOT + uplotVersion() + "/dist/";
    documents =
        Map.of(
            "tocsin.css", asset("/page/tocsin.css", STYLE),
            "tocsin.js", asset("/page/tocsin.js", SCRIPT),
            "icon.svg", asset("/page/icon.svg", "image/svg+xml"),
            "uplot.css", asset(dist + "uPlot.min.css", STYLE),
            "uplot.js", asset(dist + "uPlot.iife.min.js", SCRIPT));
  }

  @Nullable Document find(String name) {
    return documents.get(name);
  }

  private static Document asset(String resource, String type) {
    String text = read(resource);
    String tag = "\"" + Integer.toHexString(text.hashCode()) + "\"";
    return new Document(200, type, tag, DAY_SECONDS, text);
  }

  private static String uplotVersion() {
    String properties = read("/META-INF/maven/org.webjars.npm/uplot/pom.properties");
    return properties
        .lines()
        .filter(line -> line.startsWith("version="))
        .map(line -> line.substring("version=".length()).strip())
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("uplot's jar does not tell its version"));
  }

  private static String read(String resource) {
    try (InputStream in =
        Objects.requireNonNull(Assets.class.getResourceAsStream(resource), resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(resource + " cannot be read from the jar", e);
    }
  }
}
