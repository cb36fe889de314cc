// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.gateway;

import io.tocsin.connectors.config.Secret;
import java.util.Map;
import java.util.concurrent.Executor;
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
  private final Route feedback;

  /**
   * What is behind a path.
   *
   * @param upload whether it takes a body by POST, which needs the token and is bounded; else it is
   *     read by GET
   */
  private record Route(boolean upload, Endpoint endpoint) {
    boolean allows(String method) {
      return upload ? method.equals("POST") : method.equals("GET") || method.equals("HEAD");
    }
  }

  GatewayHandler(
      GatewaySettings settings,
      WriteEndpoint.Parts parts,
      Executor workers,
      IncidentIndex incidents) {
    this.settings = settings;
    this.parts = parts;
    this.workers = workers;
    admission = new Admission(settings.limits().maxRequests(), settings.limits().inFlightBytes());
    Silences silences = new Silences(settings.alertmanagers());
    feedback = new Route(true, new FeedbackEndpoint(incidents, silences, parts));
    routes =
        Map.of(
            "/api/v1/write", new Route(true, new WriteEndpoint(settings, parts)),
            "/api/v1/changes", new Route(true, new ChangesEndpoint(settings.limits(), parts)),
            "/-/healthy", new Route(false, e -> e.answer(Answer.good(200, "alive\n"))),
            "/-/ready", new Route(false, e -> e.answer(readiness())),
            "/metrics", new Route(false, e -> e.answer(metrics())));
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    String path = request.getHttpURI().getCanonicalPath();
    Route route = route(path);
    String label = label(path, route);
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

  private @Nullable Route route(@Nullable String path) {
    if (path == null) {
      return null;
    }
    return FeedbackEndpoint.isPath(path) ? feedback : routes.get(path);
  }

  /** The path without what differs from incident to incident. */
  private String label(@Nullable String path, @Nullable Route route) {
    if (route == null || path == null) {
      return "other";
    }
    return routes.containsKey(path)
        ? path
        : FeedbackEndpoint.BEFORE + ":id" + FeedbackEndpoint.AFTER;
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
    if (!authorised(exchange)) {
      return new Answer(
          401, "token", Map.of("WWW-Authenticate", "Bearer"), "the bearer token is not right\n");
    }
    return admitted ? null : Answer.again("requests_in_flight", "too many requests at once");
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
        parts.metrics().text(admission, parts.sink().ready()));
  }
}
