// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.causes;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.benchmarks.quality.causes.CaseSeries.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlainReaderTest {
  @TempDir private Path directory;

  private void file(String name, String text) throws IOException {
    Path file = directory.resolve("outage").resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private FailureCorpus read() {
    List<FailureCorpus> all = FailureCorpora.read(directory);
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  private List<String> flaws() {
    return read().origin().flaws().stream().map(Object::toString).toList();
  }

  private void failure() throws IOException {
    file(
        "case.json",
        """
        {"time": "2026-03-01T10:00:00Z", "services": ["cart"], "metrics": ["cpu"],
         "change": "c1", "kind": "deploy"}
        """);
    file(
        "metrics.csv",
        """
        timestamp,service,metric,value
        2026-03-01T09:59:00Z,cart,cpu,1
        2026-03-01T10:00:00Z,cart,cpu,5
        """);
  }

  @Test
  void aFailureIsReadWithLinesCallsAndChanges() throws IOException {
    failure();
    file("logs.csv", "timestamp,service,line\n2026-03-01T10:00:01Z,cart,\"broken, again\"\n");
    file("edges.csv", "caller,callee\nshop,cart\n");
    file("changes.csv", "timestamp,id,kind,service,title\n1772359100,c1,deploy,cart,1.2\n");

    FailureCorpus corpus = read();

    assertThat(corpus.origin().flaws()).isEmpty();
    FailureCase failure = corpus.failures().get(0);
    assertThat(failure.kind()).isEqualTo("deploy");
    assertThat(failure.time()).isEqualTo(1_772_359_200_000L);
    assertThat(failure.until()).isEqualTo(failure.time() + 1);
    assertThat(failure.series()).extracting(CaseSeries::signal).contains(Signal.METRIC, Signal.LOG);
    assertThat(failure.calls()).extracting(each -> each.text()).containsExactly("shop calls cart");
    assertThat(failure.changes()).extracting(each -> each.id()).containsExactly("c1");
  }

  @Test
  void withoutATruthItIsATimeAtWhichNothingFailed() throws IOException {
    failure();
    file("case.json", "{\"time\": \"2026-03-01T10:00:00Z\"}");

    assertThat(read().failures()).isEmpty();
    assertThat(read().normal()).hasSize(1);
  }

  @Test
  void badRowsAreNamedWithFileAndLineAndLeftOut() throws IOException {
    failure();
    file(
        "metrics.csv",
        """
        timestamp,service,metric,value
        2026-03-01T09:59:00Z,cart,cpu,many
        2026-03-01T10:00:00Z,cart,cpu,5
        soon,cart,cpu,5
        2026-03-01T10:00:00Z,cart,5
        """);
    file("edges.csv", "caller,callee\nshop\n");

    assertThat(flaws())
        .containsExactly(
            "outage/metrics.csv, line 2: \"many\" is not a number",
            "outage/metrics.csv, line 4: \"soon\" is not a time",
            "outage/metrics.csv, line 5: there are 3 columns, not timestamp, service, metric and"
                + " value",
            "outage/edges.csv, line 2: there are 1 columns, not 2");
    assertThat(read().failures().get(0).series()).hasSize(1);
  }

  @Test
  void aCaseThatCannotBeReadIsNamed() throws IOException {
    file("case.json", "{\"services\": [");
    assertThat(flaws())
        .singleElement()
        .asString()
        .startsWith("outage/case.json, line 1: is no JSON");
    file("case.json", "{\"services\": []}");
    assertThat(flaws()).containsExactly("outage/case.json: there is no \"time\"");
  }

  @Test
  void aTruthThatIsNotUnderstoodIsNoTimeAtWhichNothingFailed() throws IOException {
    failure();
    caseWith("\"services\": \"cart\"", "\"services\" is not a list of names");
    caseWith("\"services\": [1]", "\"services\" is not a list of names");
    caseWith("\"servces\": [\"cart\"]", "\"servces\" is unknown; did you mean services?");
    caseWith(
        "\"metrics\": [\"cpu\"]", "\"metrics\" are those of \"services\", which there are none of");
    caseWith("\"change\": 5", "\"change\" is not a text");
    caseWith("\"symptom\": {\"service\": \"cart\"}", "\"metric\" is not a text");
    caseWith("\"until\": \"2026-03-01T10:00:00Z\"", "\"until\" is not after \"time\"");
  }

  private void caseWith(String field, String flaw) throws IOException {
    file("case.json", "{\"time\": \"2026-03-01T10:00:00Z\", " + field + "}");
    FailureCorpus read = read();
    assertThat(read.origin().flaws())
        .extracting(Object::toString)
        .containsExactly("outage/case.json: " + flaw);
    assertThat(read.normal()).isEmpty();
    assertThat(read.failures()).isEmpty();
  }

  @Test
  void rowsMayComeInAnyOrderButATimeHasOneValueOnly() throws IOException {
    failure();
    file(
        "metrics.csv",
        """
        timestamp,service,metric,value
        2026-03-01T10:00:00Z,cart,cpu,5
        2026-03-01T09:59:00Z,cart,cpu,1
        2026-03-01T09:59:00Z,cart,cpu,2
        2026-03-01T09:59:30Z,cart,cpu,NaN
        """);
    file("edges.csv", "caller,callee\ncart,cart\nshop,cart\n");

    FailureCorpus read = read();

    assertThat(read.origin().flaws())
        .extracting(Object::toString)
        .containsExactly(
            "outage/metrics.csv, line 4: cpu of cart has a value for that time already",
            "outage/metrics.csv, line 5: \"NaN\" is not a finite number",
            "outage/edges.csv, line 2: \"cart\" calls itself");
    assertThat(read.failures().get(0).series().get(0).values()).containsExactly(1, 5);
    assertThat(read.failures().get(0).calls()).hasSize(1);
  }
}
