// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The robots of all programs, which check what the real ones do: signatures, clocks, sizes, forms.
 * What is wrong they answer as the real ones do, most of them with 200. Answers can also be set.
 */
public final class FakeChat implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** A form or a signature that the real one would not take. */
  private static final class Wrong extends Exception {
    private static final long serialVersionUID = 1;

    Wrong(String answer) {
      super(answer);
    }
  }

  private record Set(int status, Map<String, String> headers, String body) {}

  /** What was accepted, by path. */
  public record Message(String path, JsonNode body) {}

  private final HttpServer server;
  private final List<Message> accepted = new CopyOnWriteArrayList<>();
  private final List<String> wrong = new CopyOnWriteArrayList<>();
  private final Queue<Set> answers = new ArrayDeque<>();
  private final HttpClient http = HttpClient.newHttpClient();
  private Duration least = Duration.ZERO;
  private long last = System.nanoTime() - TimeUnit.DAYS.toNanos(1);

  public FakeChat() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.setExecutor(
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "fake-chat");
              thread.setDaemon(true);
              return thread;
            }));
    server.start();
  }

  public String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  public List<Message> accepted() {
    return List.copyOf(accepted);
  }

  /** Those of one path. */
  public List<JsonNode> accepted(String path) {
    return accepted.stream().filter(each -> each.path().equals(path)).map(Message::body).toList();
  }

  /** Answers with which something was refused. */
  public List<String> wrong() {
    return List.copyOf(wrong);
  }

  /** Refuses what comes sooner after the last message than this. */
  synchronized void limitToOneIn(Duration time) {
    least = time;
  }

  /** What the next requests get, in order, before they are looked at. */
  synchronized void next(int status, Map<String, String> headers, String body) {
    answers.add(new Set(status, headers, body));
  }

  private void handle(HttpExchange exchange) throws IOException {
    if (exchange.getRequestMethod().equals("GET")) {
      picture(exchange);
      return;
    }
    byte[] bytes = exchange.getRequestBody().readAllBytes();
    Set set;
    synchronized (this) {
      set = answers.poll();
    }
    if (set != null) {
      set.headers().forEach(exchange.getResponseHeaders()::add);
      answer(exchange, set.status(), set.body());
      return;
    }
    String path = exchange.getRequestURI().getPath();
    try {
      limit();
      JsonNode body = JSON.readTree(bytes);
      String answer = check(path, exchange, body, bytes.length);
      accepted.add(new Message(path, body));
      answer(exchange, 200, answer);
    } catch (Wrong e) {
      wrong.add(path + " " + e.getMessage());
      answer(exchange, 200, e.getMessage());
    }
  }

  /** One picture, for whoever fetches. */
  private static void picture(HttpExchange exchange) throws IOException {
    byte[] png = Webhooks.PNG;
    boolean there = exchange.getRequestURI().getPath().equals(Webhooks.PICTURE);
    exchange.getResponseHeaders().add("Content-Type", "image/png");
    exchange.sendResponseHeaders(there ? 200 : 404, png.length);
    exchange.getResponseBody().write(png);
    exchange.close();
  }

  private synchronized void limit() throws Wrong {
    long now = System.nanoTime();
    require(now - last >= least.toNanos(), "rate_limited");
    last = now;
  }

  private String check(String path, HttpExchange exchange, JsonNode body, int size) throws Wrong {
    return switch (path) {
      case "/feishu" -> feishu(body, size);
      case "/dingtalk" -> dingtalk(exchange.getRequestURI().getRawQuery(), body, size);
      case "/wecom" -> wecom(exchange.getRequestURI().getRawQuery(), body);
      case "/slack" -> slack(body);
      case "/api/chat.postMessage", "/api/chat.update" -> slackApi(path, exchange, body);
      case "/teams" -> teams(body, size);
      case "/pagerduty" -> pagerDuty(body);
      case "/webhook" -> webhook(body);
      default -> throw new Wrong("no_service");
    };
  }

  private static String feishu(JsonNode body, int size) throws Wrong {
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

  private static String dingtalk(String query, JsonNode body, int size) throws Wrong {
    Map<String, String> parameters = parameters(query);
    String timestamp = parameters.getOrDefault("timestamp", "0");
    String sign = hmac(Webhooks.SECRET, timestamp + "\n" + Webhooks.SECRET);
    require(
        Math.abs(System.currentTimeMillis() - Long.parseLong(timestamp)) < 3_600_000
            && sign.equals(
                java.net.URLDecoder.decode(
                    parameters.getOrDefault("sign", ""), StandardCharsets.UTF_8)),
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

  private static String wecom(String query, JsonNode body) throws Wrong {
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

  private String slack(JsonNode body) throws Wrong {
    String text = body.path("text").asText() + body.at("/attachments/0/fallback").asText();
    require(!text.isEmpty(), "no_text");
    require(body.path("blocks").size() <= 50, "invalid_blocks");
    for (JsonNode block : body.path("blocks")) {
      int length = block.at("/text/text").asText().length();
      require(
          length <= (block.path("type").asText().equals("header") ? 150 : 3_000), "invalid_blocks");
      require(!block.path("type").asText().equals("image") || shows(block), "invalid_blocks");
    }
    return "ok";
  }

  /** It fetches a picture before it takes a message, and takes none whose picture is not there. */
  private boolean shows(JsonNode image) {
    URI url = URI.create(image.path("image_url").asText());
    try {
      HttpResponse<byte[]> answer =
          http.send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofByteArray());
      byte[] head = Arrays.copyOf(answer.body(), 4);
      return answer.statusCode() == 200
          && new String(head, StandardCharsets.ISO_8859_1).equals("\u0089PNG")
          && !image.path("alt_text").asText().isEmpty();
    } catch (IOException | InterruptedException e) {
      return false;
    }
  }

  private String slackApi(String path, HttpExchange exchange, JsonNode body) throws Wrong {
    require(
        ("Bearer " + Webhooks.TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization")),
        "{\"ok\":false,\"error\":\"invalid_auth\"}");
    require(
        body.path("channel").asText().equals("C0123456789"),
        "{\"ok\":false,\"error\":\"channel_not_found\"}");
    slack(body);
    boolean update = path.endsWith("update");
    require(
        !update || body.path("ts").asText().equals("1503435956.000247"),
        "{\"ok\":false,\"error\":\"message_not_found\"}");
    return "{\"ok\":true,\"channel\":\"C0123456789\",\"ts\":\"1503435956.000247\"}";
  }

  private static String teams(JsonNode body, int size) throws Wrong {
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

  private static String pagerDuty(JsonNode body) throws Wrong {
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

  private static String webhook(JsonNode body) throws Wrong {
    require(
        body.path("version").asText().equals("4") && body.path("alerts").size() == 1, "version");
    return "";
  }

  private static Map<String, String> parameters(String query) {
    return Stream.of(query.split("&"))
        .map(part -> part.split("=", 2))
        .collect(Collectors.toMap(part -> part[0], part -> part[1]));
  }

  private static void require(boolean condition, String answer) throws Wrong {
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

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
