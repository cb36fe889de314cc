// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.page;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a browser gets.
 *
 * @param status the HTTP status
 * @param type the content type
 * @param tag of this content, for {@code ETag}; empty for none
 * @param maxAge for how many seconds it may be kept without asking again; 0 for never
 * @param body what is read of it leaves it as it is
 */
public record Document(int status, String type, String tag, int maxAge, ByteBuffer body) {
  private static final String HTML = "text/html; charset=utf-8";

  /** Nothing but files of this server; no script in the page, no frame, no form to elsewhere. */
  static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  Document(int status, String type, String tag, int maxAge, String text) {
    this(status, type, tag, maxAge, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  static Document html(int status, String text) {
    return new Document(status, HTML, "", 0, text);
  }

  /** The same as before: the browser keeps what it has. */
  Document unlessKnown(String knownTag) {
    return tag.equals(knownTag) ? unchanged(tag) : this;
  }

  static Document unchanged(String tag) {
    return new Document(304, HTML, tag, 0, "");
  }

  @Override
  public ByteBuffer body() {
    return body.asReadOnlyBuffer();
  }

  /** The body of one that is text. */
  String text() {
    return StandardCharsets.UTF_8.decode(body()).toString();
  }

  /** Headers that every answer has, also one that says that there is nothing. */
  public Map<String, String> headers() {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", type);
    headers.put("Content-Security-Policy", POLICY);
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put("Referrer-Policy", "no-referrer");
    headers.put("Cache-Control", maxAge == 0 ? "no-cache" : "public, max-age=" + maxAge);
    if (!tag.isEmpty()) {
      headers.put("ETag", tag);
    }
    return headers;
  }
}
