// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.chat;

import io.tocsin.connectors.config.Secret;
import io.tocsin.connectors.http.HttpPoster;
import java.net.UnknownHostException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Posts the requests of one channel, unless they lead where nothing may be sent. */
final class ChatPoster {
  private final ChannelSettings channel;
  private final HttpPoster http;

  ChatPoster(ChannelSettings channel, Duration timeout) {
    this.channel = channel;
    http = new HttpPoster(timeout);
  }

  /**
   * What came of a request.
   *
   * @param told the answer as it may be logged
   */
  record Attempt(ChatOutcome outcome, HttpPoster.Reply reply, String told) {
    private static Attempt none(ChatOutcome outcome, String why) {
      return new Attempt(outcome, new HttpPoster.Reply(0, "", ""), why);
    }
  }

  Attempt post(ChatRequest request) throws InterruptedException {
    Attempt turnedAway = guard(request);
    if (turnedAway != null) {
      return turnedAway;
    }
    HttpRequest.Builder post =
        HttpRequest.newBuilder(request.url())
            .header("Content-Type", "application/json; charset=utf-8")
            .header("User-Agent", "tocsin");
    Secret token = request.token();
    if (token != null) {
      post.header("Authorization", "Bearer " + token.reveal());
    }
    HttpPoster.Reply reply = http.post(post, request.body().getBytes(StandardCharsets.UTF_8));
    ChatOutcome outcome =
        reply.answered()
            ? Classifier.classify(channel.kind(), reply.status(), reply.text())
            : ChatOutcome.UNAVAILABLE;
    return new Attempt(outcome, reply, Redaction.told(reply, channel));
  }

  /** Says why a request must not be made, or null. */
  private @Nullable Attempt guard(ChatRequest request) {
    try {
      return channel.privateAddresses() || AddressGuard.leadsOutside(request.url())
          ? null
          : Attempt.none(ChatOutcome.FORBIDDEN, "its URL leads to a private address");
    } catch (UnknownHostException e) {
      return Attempt.none(ChatOutcome.UNAVAILABLE, "its host has no address");
    }
  }
}
