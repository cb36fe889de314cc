// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.page;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a browser gets.
 *
 * @param status the HTTP status
 * @param type the content type
 * @param tag of this content, for {@code ETag}; empty for none
 * @param lasting whether it may be kept without asking again
 * @param text the body
 */
public record Document(int status, String type, String tag, boolean lasting, String text) {
  private static final String HTML = "text/html; charset=utf-8";

  /** Nothing but files of this server; no script in the page, no frame, no form to elsewhere. */
  static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  static Document html(int status, String text) {
    return new Document(status, HTML, "", false, text);
  }

  /** The same as before: the browser keeps what it has. */
  static Document unchanged(String tag) {
    return new Document(304, HTML, tag, false, "");
  }

  /** Headers that every answer has, also one that says that there is nothing. */
  public Map<String, String> headers() {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", type);
    headers.put("Content-Security-Policy", POLICY);
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put("Referrer-Policy", "no-referrer");
    headers.put("Cache-Control", lasting ? "public, max-age=86400" : "no-cache");
    if (!tag.isEmpty()) {
      headers.put("ETag", tag);
    }
    return headers;
  }
}
