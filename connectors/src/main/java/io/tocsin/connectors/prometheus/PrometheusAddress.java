// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.prometheus;

import io.tocsin.connectors.config.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Where a Prometheus is, and how to be let in.
 *
 * @param url what its API's paths are put behind, such as {@code http://prometheus:9090}
 * @param authorization value of the header {@code Authorization}, or empty
 */
public record PrometheusAddress(URI url, Secret authorization) {
  /** One that asks for nothing. */
  public static PrometheusAddress open(URI url) {
    return new PrometheusAddress(url, new Secret(""));
  }

  /** One that asks for a bearer token. */
  public static PrometheusAddress withToken(URI url, Secret token) {
    return new PrometheusAddress(url, new Secret("Bearer " + token.reveal()));
  }

  /** One that asks for a user and a password. */
  public static PrometheusAddress withPassword(URI url, String user, Secret password) {
    byte[] credentials = (user + ":" + password.reveal()).getBytes(StandardCharsets.UTF_8);
    return new PrometheusAddress(
        url, new Secret("Basic " + Base64.getEncoder().encodeToString(credentials)));
  }

  /** The address of an endpoint of the API, below the path that the URL may have. */
  URI endpoint(String path) {
    return URI.create(url.toString().replaceAll("/+$", "") + path);
  }
}
