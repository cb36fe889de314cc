// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.page;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Answers what a browser asks for: the list of incidents, one incident, the patterns of log lines,
 * and the files that these pages are made of. Safe for several threads.
 */
public final class IncidentPages implements AutoCloseable {
  private static final Pattern INCIDENT =
      Pattern.compile("/incidents/([0-9a-f]{16})(/body|/symptom\\.png)?");
  private static final int LONGEST_QUERY = 200;
  private static final String ASSETS = "/assets/";
  private static final int PICTURE_SECONDS = 60;

  /** What is shown as a length of time is as old as this at most. */
  private static final long FRESH_MILLIS = 10_000;

  private final Knowledge knowledge;
  private final Links links;
  private final InstantSource clock;
  private final Assets assets = new Assets();
  private final Templates templates = new Templates();
  private final SymptomPictures pictures;

  IncidentPages(PageSettings settings, Knowledge knowledge, InstantSource clock) {
    this.knowledge = knowledge;
    this.clock = clock;
    links = new Links(settings.grafana(), settings.alertmanager());
    pictures = new SymptomPictures(knowledge, clock, SymptomChart::png, SymptomPictures.PATIENCE);
  }

  /** Pages that show what is in Kafka; they read in the background. */
  public static IncidentPages follow(PageSettings settings, Map<String, Object> kafka) {
    Knowledge knowledge = new Knowledge(settings, new MetricHistory(kafka));
    knowledge.follow(kafka);
    return new IncidentPages(settings, knowledge, InstantSource.system());
  }

  /** What programs show of incidents that run no script. */
  public SymptomPictures pictures() {
    return pictures;
  }

  /** Answers a request, a picture perhaps later; what is not there is answered with 404. */
  public CompletableFuture<Document> answer(PageRequest request) {
    Matcher incident = INCIDENT.matcher(request.path());
    if (!incident.matches()) {
      return CompletableFuture.completedFuture(other(request));
    }
    String id = incident.group(1);
    String part = Objects.requireNonNullElse(incident.group(2), "");
    return part.equals("/symptom.png")
        ? pictures.of(id).thenApply(picture -> picture(picture, request))
        : CompletableFuture.completedFuture(incident(id, !part.isEmpty(), request));
  }

  private Document picture(Optional<Picture> picture, PageRequest request) {
    return picture
        .map(
            each ->
                new Document(
                        200,
                        "image/png",
                        "\"" + Integer.toHexString(each.png().hashCode()) + "\"",
                        PICTURE_SECONDS,
                        each.png())
                    .unlessKnown(request.knownTag()))
        .orElseGet(this::missing);
  }

  private Document other(PageRequest request) {
    if (request.path().startsWith(ASSETS)) {
      Document asset = assets.find(request.path().substring(ASSETS.length()));
      return asset == null ? missing() : asset.unlessKnown(request.knownTag());
    }
    return switch (request.path()) {
      case "/", "/incidents", "/incidents/" -> list("incidents");
      case "/incidents/rows" -> rows(request);
      case "/patterns" -> patterns(request.query());
      default -> missing();
    };
  }

  private Document list(String template) {
    ListView view = ListView.of(knowledge.stories().all(), clock.millis());
    return Document.html(
        200, templates.fill(template, Map.of("view", view, "reading", knowledge.reading())));
  }

  private Document rows(PageRequest request) {
    String tag = tag(knowledge.stories().version());
    return tag.equals(request.knownTag()) ? Document.unchanged(tag) : tagged(list("rows"), tag);
  }

  private Document incident(String id, boolean bodyOnly, PageRequest request) {
    Optional<Story> story = knowledge.stories().find(id);
    if (story.isEmpty()) {
      return missing();
    }
    String tag = tag(story.get().last().revision());
    if (bodyOnly && tag.equals(request.knownTag())) {
      return Document.unchanged(tag);
    }
    knowledge.histories().want(story.get().last(), clock.millis());
    IncidentView view = IncidentView.of(story.get(), knowledge, links, clock.millis());
    Document document =
        Document.html(
            200, templates.fill(bodyOnly ? "incidentBody" : "incident", Map.of("view", view)));
    return bodyOnly ? tagged(document, tag) : document;
  }

  private Document patterns(String query) {
    String text = cut(parameter(query, "q"));
    PatternsView view =
        new PatternsView(
            text, knowledge.patterns().find(text, PatternsView.MOST), knowledge.patterns().count());
    return Document.html(200, templates.fill("patterns", Map.of("view", view)));
  }

  private Document missing() {
    return Document.html(404, templates.fill("missing", Map.of("reading", knowledge.reading())));
  }

  private String tag(long version) {
    return "\"" + version + "-" + clock.millis() / FRESH_MILLIS + "\"";
  }

  private static Document tagged(Document document, String tag) {
    return new Document(document.status(), document.type(), tag, 0, document.body());
  }

  private static String cut(String text) {
    return text.substring(0, Math.min(text.length(), LONGEST_QUERY));
  }

  private static String parameter(String query, String name) {
    for (String part : query.split("&", -1)) {
      if (part.startsWith(name + "=")) {
        return decoded(part.substring(name.length() + 1));
      }
    }
    return "";
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      // A percent sign that begins nothing stands for itself.
      return text;
    }
  }

  @Override
  public void close() {
    knowledge.close();
  }
}
