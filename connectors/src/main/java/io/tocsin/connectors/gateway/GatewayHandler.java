// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.gateway;

import io.tocsin.connectors.config.Secret;
import io.tocsin.connectors.page.IncidentPages;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Finds what a request is for, and turns away who may not or must wait. */
final class GatewayHandler extends Handler.Abstract {
  private static final String BEARER = "Bearer ";

  private final GatewaySettings settings;
  private final WriteEndpoint.Parts parts;
  private final Executor workers;
  private final Admission admission;
  private final Map<String, Route> routes;
  private final @Nullable Route page;
  private final Route chat;
  private final Route feedback;

  /**
   * What is behind a path.
   *
   * @param label names it in metrics
   * @param upload whether it takes a body by POST, which needs the token and is bounded; else it is
   *     read by GET
   */
  private record Route(String label, boolean upload, Endpoint endpoint) {
    static Route upload(String label, Endpoint endpoint) {
      return new Route(label, true, endpoint);
    }

    static Route read(String label, Endpoint endpoint) {
      return new Route(label, false, endpoint);
    }

    boolean allows(String method) {
      return upload ? method.equals("POST") : method.equals("GET") || method.equals("HEAD");
    }
  }

  GatewayHandler(
      GatewaySettings settings, WriteEndpoint.Parts parts, Executor workers, Gateway.Views views) {
    this.settings = settings;
    this.parts = parts;
    this.workers = workers;
    admission = new Admission(settings.limits().maxRequests(), settings.limits().inFlightBytes());
    parts.metrics().show(admission, parts.sink()::ready);
    Silences silences = new Silences(settings.alertmanagers());
    feedback = Route.upload("feedback", new FeedbackEndpoint(views.incidents(), silences, parts));
    routes =
        Stream.of(
                Route.upload("/api/v1/write", new WriteEndpoint(settings, parts)),
                Route.upload("/api/v1/changes", new ChangesEndpoint(settings.limits(), parts)),
                Route.read("/-/healthy", e -> e.answer(Answer.good(200, "alive\n"))),
                Route.read("/-/ready", e -> e.answer(readiness())),
                Route.read("/metrics", e -> e.answer(metrics())))
            .collect(Collectors.toUnmodifiableMap(Route::label, route -> route));
    IncidentPages pages = views.pages();
    page = pages == null ? null : Route.read("page", new PageEndpoint(pages));
    chat =
        Route.upload("chat", new ChatEndpoint(views.chat(), settings.limits().maxChangesBytes()));
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    String path = request.getHttpURI().getCanonicalPath();
    Route route = path == null ? null : route(path);
    String label = route == null ? "other" : route.label;
    boolean admitted = route != null && route.upload && admission.enter();
    Exchange exchange =
        new Exchange(
            request,
            response,
            callback,
            new Exchange.Parts(admission, workers, answer -> over(label, answer, admitted)));
    exchange.guard(() -> dispatch(exchange, route, admitted));
    return true;
  }

  private @Nullable Route route(String path) {
    Route exact = routes.get(path);
    if (exact != null) {
      return exact;
    }
    if (path.startsWith(ChatEndpoint.PATH)) {
      return chat;
    }
    if (FeedbackEndpoint.isPath(path)) {
      return feedback;
    }
    return PageEndpoint.serves(path) ? page : null;
  }

  private void over(String path, @Nullable Answer answer, boolean admitted) {
    if (admitted) {
      admission.leave();
    }
    parts.metrics().answered(path, answer);
  }

  private void dispatch(Exchange exchange, @Nullable Route route, boolean admitted) {
    Answer refusal = refusal(exchange, route, admitted);
    if (refusal != null) {
      exchange.answer(refusal);
    } else if (route != null) {
      long deadline = settings.limits().deadline().toMillis();
      exchange.answerAfter(
          deadline, Answer.again("deadline", "the request took longer than " + deadline + " ms"));
      route.endpoint.handle(exchange);
    }
  }

  private @Nullable Answer refusal(Exchange exchange, @Nullable Route route, boolean admitted) {
    if (route == null) {
      return Answer.refusal(404, "path", "there is nothing here; samples go to /api/v1/write");
    }
    if (!route.allows(exchange.request().getMethod())) {
      String allowed = route.upload ? "POST" : "GET, HEAD";
      return new Answer(405, "method", Map.of("Allow", allowed), "use " + allowed + "\n");
    }
    if (!route.upload) {
      return null;
    }
    if (isFromAnotherSite(exchange)) {
      return Answer.refusal(403, "origin", "a page of another site may not write here");
    }
    if (!authorised(exchange)) {
      return new Answer(
          401,
          "token",
          Map.of("WWW-Authenticate", "Bearer"),
          "send the gateway's bearerToken as Authorization: Bearer TOKEN\n");
    }
    return admitted ? null : Answer.again("requests_in_flight", "too many requests at once");
  }

  /** Whether a browser sends this for a page that is not the gateway's own. */
  private static boolean isFromAnotherSite(Exchange exchange) {
    String origin = exchange.header("Origin");
    if (origin == null) {
      return false;
    }
    String authority = origin.replaceFirst("^[a-z]+://", "");
    return !authority.equals(exchange.header("Host"))
        && !authority.equals(exchange.header("X-Forwarded-Host"));
  }

  private boolean authorised(Exchange exchange) {
    Secret expected = settings.bearerToken();
    if (expected == null) {
      return true;
    }
    String given = exchange.header("Authorization");
    return given != null
        && given.regionMatches(true, 0, BEARER, 0, BEARER.length())
        && expected.equals(new Secret(given.substring(BEARER.length()).strip()));
  }

  private Answer readiness() {
    RecordSink sink = parts.sink();
    return sink.ready()
        ? Answer.good(200, "ready\n")
        : Answer.refusal(503, "not_ready", sink.state());
  }

  private Answer metrics() {
    return new Answer(
        200,
        "",
        Map.of("Content-Type", "text/plain; version=0.0.4; charset=utf-8"),
        parts.metrics().text());
  }
}
