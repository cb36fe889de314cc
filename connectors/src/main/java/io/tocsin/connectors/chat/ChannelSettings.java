// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.chat;

import io.tocsin.connectors.config.Default;
import io.tocsin.connectors.config.Secret;
import io.tocsin.models.incidents.Language;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One place where messages go.
 *
 * @param kind which program it is
 * @param url where the robot listens; secret, because with most of them who knows it may write
 * @param secret what requests are signed with (Feishu, DingTalk), or null for unsigned ones
 * @param token a bot's token of Slack, so that a message is changed instead of another being sent;
 *     the URL is then that of the API, {@code https://slack.com/api}
 * @param room the channel's id where there is a token, else empty
 * @param language of the messages
 * @param pictures whether messages show the symptom where the program can; most of them fetch it
 *     from {@link ChatSettings#publicUrl}
 * @param privateAddresses whether the URL may lead into the own network, and need not be https
 */
public record ChannelSettings(
    ChannelKind kind,
    Secret url,
    @Nullable Secret secret,
    @Nullable Secret token,
    @Default("") String room,
    @Default("english") Language language,
    @Default("true") boolean pictures,
    @Default("false") boolean privateAddresses) {
  private static final Set<ChannelKind> SIGNED = Set.of(ChannelKind.FEISHU, ChannelKind.DINGTALK);

  public ChannelSettings {
    String scheme = scheme(url);
    require(
        scheme.equals("https") || (privateAddresses && scheme.equals("http")),
        "url must begin with https://, or with http:// where privateAddresses is true");
    require(
        secret == null || SIGNED.contains(kind),
        "secret is for feishu and dingtalk only; leave it out");
    require(token == null || kind == ChannelKind.SLACK, "token is for slack only; leave it out");
    require((token == null) == room.isEmpty(), "token and room must be set together, or neither");
  }

  URI address() {
    return URI.create(url.reveal());
  }

  /** Never says the URL: it is a secret. */
  private static String scheme(Secret url) {
    try {
      URI uri = new URI(url.reveal());
      boolean whole = uri.getHost() != null && uri.getUserInfo() == null;
      return whole && uri.getScheme() != null ? uri.getScheme() : "";
    } catch (URISyntaxException e) {
      return "";
    }
  }

  private static void require(boolean condition, String sentence) {
    if (!condition) {
      throw new IllegalArgumentException(sentence);
    }
  }
}
