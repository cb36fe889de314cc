// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.chat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What the real programs check of a message; each says what they answer to a good one. */
final class RobotChecks {
  private RobotChecks() {}

  /** A form or a signature that the real one would not take. */
  static final class Wrong extends Exception {
    private static final long serialVersionUID = 1;

    Wrong(String answer) {
      super(answer);
    }
  }

  static String feishu(JsonNode body, int size) throws Wrong {
    long seconds = body.path("timestamp").asLong();
    String sign = hmac(seconds + "\n" + Webhooks.SECRET, "");
    require(
        Math.abs(System.currentTimeMillis() / 1_000 - seconds) < 3_600
            && sign.equals(body.path("sign").asText()),
        "{\"code\":19021,\"msg\":\"sign match fail or timestamp is not within one hour\"}");
    require(size <= 20 * 1024, "{\"code\":9499,\"msg\":\"too large\"}");
    require(
        body.path("msg_type").asText().equals("interactive")
            && !body.at("/card/header/title/content").asText().isEmpty()
            && body.at("/card/elements").size() > 0,
        "{\"code\":9499,\"msg\":\"Bad Request\"}");
    return "{\"code\":0,\"msg\":\"success\",\"data\":{}}";
  }

  static String dingtalk(String query, JsonNode body, int size) throws Wrong {
    Map<String, String> parameters = parameters(query);
    String timestamp = parameters.getOrDefault("timestamp", "0");
    String sign = hmac(Webhooks.SECRET, timestamp + "\n" + Webhooks.SECRET);
    require(
        Math.abs(System.currentTimeMillis() - Long.parseLong(timestamp)) < 3_600_000
            && sign.equals(
                URLDecoder.decode(parameters.getOrDefault("sign", ""), StandardCharsets.UTF_8)),
        "{\"errcode\":310000,\"errmsg\":\"sign not match\"}");
    require(
        parameters.getOrDefault("access_token", "").equals("dingtalk-access-token"),
        "{\"errcode\":300001,\"errmsg\":\"token is not exist\"}");
    require(
        size <= 20_000
            && body.path("msgtype").asText().equals("markdown")
            && !body.at("/markdown/title").asText().isEmpty()
            && !body.at("/markdown/text").asText().isEmpty(),
        "{\"errcode\":400105,\"errmsg\":\"unsupported msgtype\"}");
    return "{\"errcode\":0,\"errmsg\":\"ok\"}";
  }

  static String wecom(String query, JsonNode body) throws Wrong {
    require(
        parameters(query).getOrDefault("key", "").equals("wecom-robot-key"),
        "{\"errcode\":93000,\"errmsg\":\"invalid webhook url\"}");
    if (body.path("msgtype").asText().equals("image")) {
      byte[] image = Base64.getDecoder().decode(body.at("/image/base64").asText());
      require(
          image.length <= 2 << 20 && md5(image).equals(body.at("/image/md5").asText()),
          "{\"errcode\":301019,\"errmsg\":\"media file md5 not match\"}");
      return "{\"errcode\":0,\"errmsg\":\"ok\"}";
    }
    int bytes = body.at("/markdown/content").asText().getBytes(StandardCharsets.UTF_8).length;
    require(
        bytes > 0 && bytes <= 4_096,
        "{\"errcode\":40058,\"errmsg\":\"markdown.content exceed max length 4096\"}");
    return "{\"errcode\":0,\"errmsg\":\"ok\"}";
  }

  static String teams(JsonNode body, int size) throws Wrong {
    JsonNode card = body.at("/attachments/0/content");
    require(
        size <= 28 * 1024
            && body.path("type").asText().equals("message")
            && card.path("type").asText().equals("AdaptiveCard")
            && card.path("body").size() > 0
            && card.path("body").findValuesAsText("altText").size()
                == card.path("body").findValues("url").size(),
        "Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error"
            + " 400");
    return "";
  }

  static String pagerDuty(JsonNode body) throws Wrong {
    require(
        body.path("routing_key").asText().equals(Webhooks.SECRET)
            && List.of("trigger", "resolve").contains(body.path("event_action").asText())
            && !body.path("dedup_key").asText().isEmpty()
            && !body.at("/payload/summary").asText().isEmpty()
            && List.of("critical", "error", "warning", "info")
                .contains(body.at("/payload/severity").asText()),
        "{\"status\":\"invalid event\"}");
    return "{\"status\":\"success\"}";
  }

  static String webhook(JsonNode body) throws Wrong {
    require(
        body.path("version").asText().equals("4") && body.path("alerts").size() == 1, "version");
    return "";
  }

  private static Map<String, String> parameters(String query) {
    return Stream.of(query.split("&"))
        .map(part -> part.split("=", 2))
        .collect(Collectors.toMap(part -> part[0], part -> part[1]));
  }

  static void require(boolean condition, String answer) throws Wrong {
    if (!condition) {
      throw new Wrong(answer);
    }
  }

  private static String hmac(String key, String message) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return Base64.getEncoder()
          .encodeToString(mac.doFinal(message.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String md5(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
