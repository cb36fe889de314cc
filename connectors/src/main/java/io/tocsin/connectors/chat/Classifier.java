// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.chat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Set;

/**
 * What an answer means. Most robots answer 200 whatever happened and say in the body what did, so
 * both are looked at. Pure.
 *
 * <p>Codes: the error lists of Feishu's, DingTalk's and WeCom's robots, and of Slack's API.
 */
final class Classifier {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static final Set<Integer> FEISHU_LIMITS = Set.of(9_499, 11_232, 11_233, 99_991_400);
  private static final Set<Integer> FEISHU_REVOKED = Set.of(19_001, 19_003, 19_021, 19_022);
  private static final Set<Integer> DINGTALK_LIMITS = Set.of(130_101, 130_102, 410_100, 660_026);
  private static final Set<Integer> DINGTALK_REVOKED =
      Set.of(40_035, 300_001, 300_005, 310_000, 400_101, 400_102);
  private static final Set<Integer> WECOM_LIMITS = Set.of(45_009, 45_033);
  private static final Set<Integer> WECOM_REVOKED = Set.of(93_000, 93_004, 93_008, 40_001);
  private static final Set<String> SLACK_REVOKED =
      Set.of(
          "account_inactive",
          "action_prohibited",
          "channel_is_archived",
          "channel_not_found",
          "invalid_auth",
          "invalid_token",
          "is_archived",
          "missing_scope",
          "no_active_hooks",
          "no_service",
          "not_authed",
          "not_in_channel",
          "token_expired",
          "token_revoked");

  private Classifier() {}

  static ChatOutcome classify(ChannelKind kind, int status, String body) {
    if (status / 100 == 3) {
      return ChatOutcome.FORBIDDEN;
    }
    return switch (kind) {
      case FEISHU -> coded(status, code(body, "code", "StatusCode"), FEISHU_LIMITS, FEISHU_REVOKED);
      case DINGTALK -> coded(status, code(body, "errcode"), DINGTALK_LIMITS, DINGTALK_REVOKED);
      case WECOM -> coded(status, code(body, "errcode"), WECOM_LIMITS, WECOM_REVOKED);
      case SLACK -> slack(status, body);
      case TEAMS -> teams(status, body);
      case WEBHOOK -> byStatus(status);
    };
  }

  private static ChatOutcome coded(
      int status, int code, Set<Integer> limits, Set<Integer> revoked) {
    if (limits.contains(code)) {
      return ChatOutcome.LIMITED;
    }
    if (revoked.contains(code)) {
      return ChatOutcome.REVOKED;
    }
    ChatOutcome plain = byStatus(status);
    if (plain != ChatOutcome.SENT || code == 0) {
      return plain;
    }
    // -1 is "the system is busy" with all three; what is no number came from something else.
    return code == -1 || code == NO_CODE ? ChatOutcome.UNAVAILABLE : ChatOutcome.REFUSED;
  }

  private static ChatOutcome slack(int status, String body) {
    JsonNode json = json(body);
    String error = json.path("error").asText(json.isObject() ? "" : body.strip());
    if (error.equals("ratelimited") || error.equals("rate_limited")) {
      return ChatOutcome.LIMITED;
    }
    if (SLACK_REVOKED.contains(error)) {
      return ChatOutcome.REVOKED;
    }
    ChatOutcome plain = byStatus(status);
    boolean good = error.isEmpty() || error.equals("ok");
    return plain == ChatOutcome.SENT && !good ? ChatOutcome.REFUSED : plain;
  }

  /** Workflows answer 202 at once; older connectors 200 with the real status in a sentence. */
  private static ChatOutcome teams(int status, String body) {
    if (body.contains("HTTP error 429")) {
      return ChatOutcome.LIMITED;
    }
    return body.contains("HTTP error") ? ChatOutcome.REFUSED : byStatus(status);
  }

  private static ChatOutcome byStatus(int status) {
    return switch (status) {
      case 429 -> ChatOutcome.LIMITED;
      case 408, 425 -> ChatOutcome.UNAVAILABLE;
      case 401, 403, 404, 410 -> ChatOutcome.REVOKED;
      default ->
          switch (status / 100) {
            case 2 -> ChatOutcome.SENT;
            case 4 -> ChatOutcome.REFUSED;
            default -> ChatOutcome.UNAVAILABLE;
          };
    };
  }

  private static final int NO_CODE = Integer.MIN_VALUE;

  private static int code(String body, String... names) {
    JsonNode json = json(body);
    for (String name : names) {
      if (json.path(name).canConvertToInt()) {
        return json.path(name).asInt();
      }
    }
    return NO_CODE;
  }

  /** The body, or nothing when it is no JSON. */
  static JsonNode json(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }
}
