// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.chat;

import io.tocsin.connectors.config.Secret;
import io.tocsin.connectors.http.HttpPoster;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** What may be said of an answer in a log: never what only the channel's owner knows. */
final class Redaction {
  private static final int MOST = 300;

  /** Shorter parts of a URL, such as "v2" and "hook", are no secrets. */
  private static final int LEAST_SECRET = 8;

  private Redaction() {}

  static String told(HttpPoster.Reply reply, ChannelSettings channel) {
    String text = reply.answered() ? reply.status() + " " + reply.text() : reply.text();
    for (String secret : secrets(channel)) {
      text = text.replace(secret, "(secret)");
    }
    String line = text.replaceAll("\\p{Cntrl}+", " ");
    return line.length() <= MOST ? line : line.substring(0, MOST) + "…";
  }

  /** The whole URL first: what is in it would else be left. */
  private static List<String> secrets(ChannelSettings channel) {
    List<String> secrets = new ArrayList<>();
    URI url = channel.address();
    secrets.add(channel.url().reveal());
    String rest = url.getRawPath() + "?" + url.getRawQuery();
    for (String part : rest.split("[/?&=]", -1)) {
      if (part.length() >= LEAST_SECRET) {
        secrets.add(part);
      }
    }
    for (Secret secret : new Secret[] {channel.secret(), channel.token()}) {
      if (secret != null) {
        secrets.add(secret.reveal());
      }
    }
    return secrets;
  }
}
