// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.alertmanager;

import io.tocsin.connectors.config.Default;
import io.tocsin.connectors.config.Secret;
import java.io.Serializable;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * One Alertmanager. Replicas are listed one by one, never as a load balancer: each must get every
 * alert.
 *
 * @param url where it is, without {@code /api/v2}, such as {@code http://alertmanager-0:9093}
 * @param token bearer token, if it asks for one
 * @param username user of basic authentication, or empty
 * @param password password of basic authentication
 */
public record AlertmanagerAddress(
    URI url, @Nullable Secret token, @Default("") String username, @Nullable Secret password)
    implements Serializable {
  public AlertmanagerAddress {
    String scheme = url.getScheme();
    require(
        ("http".equals(scheme) || "https".equals(scheme)) && url.getHost() != null,
        "url must be like http://alertmanager:9093");
    require(url.getUserInfo() == null, "url must not hold a password; set username and password");
    require(username.isEmpty() == (password == null), "username and password must be set together");
    require(token == null || username.isEmpty(), "set a token or a password, not both");
  }

  /** One that asks for nothing. */
  public static AlertmanagerAddress of(String url) {
    return new AlertmanagerAddress(URI.create(url), null, "", null);
  }

  URI alerts() {
    return api("alerts");
  }

  URI silences() {
    return api("silences");
  }

  private URI api(String what) {
    return URI.create(url.toString().replaceAll("/+$", "") + "/api/v2/" + what);
  }

  /** The value of the header {@code Authorization}, or null. */
  @Nullable String authorization() {
    if (token != null) {
      return "Bearer " + token.reveal();
    }
    if (password == null) {
      return null;
    }
    String credentials = username + ":" + password.reveal();
    return "Basic "
        + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
