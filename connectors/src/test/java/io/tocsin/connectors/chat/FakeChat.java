// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.chat;

import static io.tocsin.connectors.chat.RobotChecks.require;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tocsin.connectors.chat.RobotChecks.Wrong;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * The robots of all programs, which check what the real ones do: signatures, clocks, sizes, forms.
 * What is wrong they answer as the real ones do, most of them with 200. Answers can also be set.
 */
public final class FakeChat implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();

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
      case "/feishu" -> RobotChecks.feishu(body, size);
      case "/dingtalk" -> RobotChecks.dingtalk(exchange.getRequestURI().getRawQuery(), body, size);
      case "/wecom" -> RobotChecks.wecom(exchange.getRequestURI().getRawQuery(), body);
      case "/slack" -> slack(body);
      case "/api/chat.postMessage", "/api/chat.update" -> slackApi(path, exchange, body);
      case "/teams" -> RobotChecks.teams(body, size);
      case "/pagerduty" -> RobotChecks.pagerDuty(body);
      case "/webhook" -> RobotChecks.webhook(body);
      default -> throw new Wrong("no_service");
    };
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
