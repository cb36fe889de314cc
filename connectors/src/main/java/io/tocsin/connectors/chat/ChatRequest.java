// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.chat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tocsin.connectors.config.Secret;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A message as it is posted.
 *
 * @param url where to; it holds the credential with most programs, so it is never logged
 * @param token the bearer token, or null
 * @param body JSON
 */
record ChatRequest(URI url, @Nullable Secret token, String body) {
  static final JsonMapper JSON = JsonMapper.builder().build();

  static ChatRequest of(URI url, JsonNode body) {
    return of(url, null, body);
  }

  static ChatRequest of(URI url, @Nullable Secret token, JsonNode body) {
    try {
      return new ChatRequest(url, token, JSON.writeValueAsString(body));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a message cannot be written as JSON", e);
    }
  }

  /** Never the URL or the token. */
  @Override
  public String toString() {
    return "ChatRequest[" + body.length() + " characters]";
  }
}
