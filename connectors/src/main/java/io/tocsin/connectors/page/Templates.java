// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.page;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.Map;

/** Fills the templates, which the build has made classes of this package. */
final class Templates {
  private final TemplateEngine engine =
      TemplateEngine.createPrecompiled(
          null, ContentType.Html, Templates.class.getClassLoader(), "io.tocsin.connectors.page");

  String fill(String template, Map<String, Object> parameters) {
    StringOutput text = new StringOutput(16 * 1024);
    engine.render(template + ".jte", parameters, text);
    return text.toString();
  }
}
