// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.gateway;

import io.tocsin.connectors.page.Document;
import io.tocsin.connectors.page.IncidentPages;
import io.tocsin.connectors.page.PageRequest;
import java.util.Objects;

/** The incident page, for browsers. */
final class PageEndpoint implements Endpoint {
  private final IncidentPages pages;

  PageEndpoint(IncidentPages pages) {
    this.pages = pages;
  }

  /** Whether a path belongs to the page. */
  static boolean serves(String path) {
    return path.equals("/")
        || path.equals("/incidents")
        || path.startsWith("/incidents/")
        || path.equals("/patterns")
        || path.startsWith("/assets/");
  }

  @Override
  public void handle(Exchange exchange) {
    PageRequest request =
        new PageRequest(
            exchange.request().getHttpURI().getCanonicalPath(),
            Objects.requireNonNullElse(exchange.request().getHttpURI().getQuery(), ""),
            Objects.requireNonNullElse(exchange.header("If-None-Match"), ""));
    var unused = pages.answer(request).thenAccept(document -> answer(exchange, document));
  }

  private static void answer(Exchange exchange, Document document) {
    String reason = document.status() < 400 ? "" : "path";
    exchange.answer(new Answer(document.status(), reason, document.headers(), document.body()));
  }
}
