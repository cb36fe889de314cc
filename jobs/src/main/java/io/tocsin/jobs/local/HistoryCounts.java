// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** What the metrics job has made of history so far, as Flink's REST interface tells it. */
final class HistoryCounts {
  private static final String OPERATOR = "metrics-score.fate.";
  private static final String COUNTER = ".tocsin_history_samples_total";
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final URI flink;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();

  HistoryCounts(URI flink) {
    this.flink = flink;
  }

  /**
   * How many samples of history met which fate; nothing when no metrics job runs there.
   *
   * @throws IOException when Flink cannot be asked
   */
  Map<String, Long> read() throws IOException, InterruptedException {
    Map<String, Long> counts = new TreeMap<>();
    for (JsonNode job : get("/jobs").path("jobs")) {
      if (job.path("status").asText().equals("RUNNING")) {
        String path = "/jobs/" + job.path("id").asText();
        for (JsonNode vertex : get(path).path("vertices")) {
          add(path + "/vertices/" + vertex.path("id").asText() + "/subtasks/metrics", counts);
        }
      }
    }
    return counts;
  }

  private void add(String path, Map<String, Long> counts) throws IOException, InterruptedException {
    for (JsonNode metric : get(path)) {
      String id = metric.path("id").asText();
      if (id.startsWith(OPERATOR) && id.endsWith(COUNTER)) {
        String fate = id.substring(OPERATOR.length(), id.length() - COUNTER.length());
        long sum = get(path + "?agg=sum&get=" + id).at("/0/sum").asLong();
        counts.merge(fate, sum, Long::sum);
      }
    }
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(flink.toString().replaceAll("/+$", "") + path))
            .timeout(TIMEOUT)
            .build();
    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException("%s answers %d".formatted(flink, response.statusCode()));
    }
    return JSON.readTree(response.body());
  }
}
