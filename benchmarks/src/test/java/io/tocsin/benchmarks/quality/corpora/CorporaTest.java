// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.corpora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorporaTest {
  @TempDir private Path directory;
  @TempDir private Path elsewhere;

  private void write(String file, String... lines) throws IOException {
    Path path = directory.resolve(file);
    Files.createDirectories(path.getParent());
    Files.write(path, List.of(lines));
  }

  private Corpus only() throws IOException {
    Map<Path, Layout> found = Corpora.find(directory);
    assertThat(found).hasSize(1);
    Path root = found.keySet().iterator().next();
    return Corpora.read(root, found.get(root), Corpora.names(found).get(root));
  }

  private void writeNab() throws IOException {
    write(
        "nab/labels/combined_windows.json",
        "{\"art/a.csv\": [[\"2014-04-01 00:05:00.000000\", \"2014-04-01 00:10:00.000000\"]],",
        " \"art/gone.csv\": []}");
    write(
        "nab/data/art/a.csv",
        "timestamp,value",
        "2014-04-01 00:00:00,1",
        "2014-04-01 00:05:00,2",
        "2014-04-01 00:10:00,3",
        "2014-04-01 00:15:00,4");
  }

  @Test
  void nabHasWindowsByTheTimesOfRows() throws IOException {
    writeNab();
    Corpus corpus = only();
    assertThat(corpus.name()).isEqualTo("nab");
    assertThat(corpus.subjects()).hasSize(1);
    Subject subject = corpus.subjects().get(0);
    assertThat(subject.name()).isEqualTo("art/a.csv");
    assertThat(subject.segments()).containsExactly(new Segment(1, 2));
    assertThat(subject.interval()).isEqualTo(300_000);
  }

  @Test
  void aFileThatIsMissingIsNamed() throws IOException {
    writeNab();
    assertThat(only().flaws())
        .containsExactly(new Flaw("data/art/gone.csv", 0, "has windows, but no samples"));
  }

  @Test
  void kpisHaveTimesInSecondsAndLabels() throws IOException {
    write("kpi/Train/x.csv", "timestamp,value,label", "60,0.5,0", "120,0.6,1", "180,0.5,1");
    Subject subject = only().subjects().get(0);
    assertThat(subject.time(1)).isEqualTo(120_000);
    assertThat(subject.segments()).containsExactly(new Segment(1, 2));
  }

  @Test
  void badLinesAreNamedAndTheOthersRead() throws IOException {
    write(
        "kpi/x.csv",
        "timestamp,value,label",
        "60,0.5,0",
        "soon,0.5,0",
        "120,much,0",
        "180,NaN,0",
        "240,0.5",
        "300,0.5,1");
    Corpus corpus = only();
    assertThat(corpus.subjects().get(0).length()).isEqualTo(2);
    assertThat(corpus.flaws())
        .extracting(Flaw::toString)
        .containsExactly(
            "x.csv, line 3: \"soon\" is not a time",
            "x.csv, line 4: \"much\" is not a number",
            "x.csv, line 5: \"NaN\" is not a finite number",
            "x.csv, line 6: there are 2 columns, not 3");
  }

  @Test
  void microsoftsFilesHaveQuotedTimes() throws IOException {
    write(
        "ms/data/a/x.csv",
        "TimeStamp,Value,Label",
        "\"2018-06-13T00:00:00Z\",482,0",
        "2018-06-13 00:01:00,483,1");
    Corpus corpus = only();
    assertThat(corpus.layout()).isEqualTo(Layout.MICROSOFT);
    assertThat(corpus.subjects().get(0).interval()).isEqualTo(60_000);
  }

  @Test
  void aFileWithAnotherHeadThanItsCorpusIsNamed() throws IOException {
    write("ms/x.csv", "\"TimeStamp\",\"Value\",\"Label\"", "2018-06-13 00:00:00,482,0");
    write("ms/y.csv", "when,what", "2018-06-13 00:00:00,482");
    Corpus corpus = only();
    assertThat(corpus.subjects()).hasSize(1);
    assertThat(corpus.flaws())
        .containsExactly(new Flaw("y.csv", 0, "has another head than the corpus: when,what"));
  }

  @Test
  void aCorpusBehindALinkIsRead() throws IOException {
    write("kpi/x.csv", "timestamp,value,label", "60,0.5,0");
    Files.move(directory.resolve("kpi"), elsewhere.resolve("kpi"));
    Files.createSymbolicLink(directory.resolve("link"), elsewhere.resolve("kpi"));
    assertThat(only().subjects()).hasSize(1);
  }

  @Test
  void serversAreTestedAfterTheirTrainingAndKnowCauses() throws IOException {
    write("shop/train/m-1.csv", "1,2", "1,2", "1,2");
    write("shop/test/m-1.csv", "1,2", "9,2", "1,2");
    write("shop/test_label/m-1.txt", "0", "1", "0");
    write("shop/interpretation_label/m-1.txt", "1-2:1");
    Corpus corpus = only();
    assertThat(corpus.name()).isEqualTo("shop");
    Subject subject = corpus.subjects().get(0);
    assertThat(subject.metrics()).isEqualTo(2);
    assertThat(subject.labelledFrom()).isEqualTo(3);
    assertThat(subject.segments()).containsExactly(new Segment(4, 4, List.of(0)));
    assertThat(subject.value(0, 4)).isEqualTo(9);
  }

  @Test
  void theIntervalOfServersFollowsFromTheirPublishersNames() throws IOException {
    write("asd/train/machine-1-1.csv", "1,2", "1,2", "1,2");
    write("asd/train/omi-1.csv", "1,2", "1,2", "1,2");
    assertThat(only().subjects())
        .extracting(Subject::name, Subject::interval)
        .containsExactly(tuple("machine-1-1", 60_000L), tuple("omi-1", 300_000L));
  }

  @Test
  void aBadLineOfAServerStaysAsASampleWithoutValues() throws IOException {
    write("shop/train/m-1.csv", "1,2", "1,x", "1,2");
    Corpus corpus = only();
    assertThat(corpus.subjects().get(0).value(0, 1)).isNaN();
    assertThat(corpus.flaws())
        .containsExactly(new Flaw("train/m-1.csv", 2, "\"x\" is not a number"));
  }

  @Test
  void corporaSideBySideAreFoundAndTheOthersLeftAlone() throws IOException {
    writeNab();
    write("aiops/LICENSE", "free");
    write("aiops/x.csv", "timestamp,value,label", "60,0.5,0");
    write("wsd/LICENSE", "free");
    write("wsd/y.csv", "timestamp,value,label", "60,0.5,0");
    write("logs/sessions.csv", "block,events", "1,2");
    Map<Path, Layout> found = Corpora.find(directory);
    assertThat(Corpora.names(found).values()).containsExactly("kpi", "nab", "wsd");
  }
}
