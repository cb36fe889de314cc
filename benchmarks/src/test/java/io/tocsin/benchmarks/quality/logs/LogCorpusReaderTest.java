// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.benchmarks.quality.corpora.Flaw;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogCorpusReaderTest {
  private static final String HEAD = "LineId,Content,EventId,EventTemplate\n";

  @TempDir private Path directory;

  private void file(String name, String text) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.resolveSibling(""));
    Files.writeString(file, text);
  }

  private LogCorpus read() throws IOException {
    return LogCorpusReader.read(directory);
  }

  @Test
  void aSystemIsKnownByItsFileAndReadWithItsCorrection() throws IOException {
    file("Shop/Shop_2k.log", "raw\n");
    file(
        "Shop/Shop_2k.log_structured.csv",
        HEAD + "1,\"a, \"\"b\"\" 7\",E1,\"a, \"\"b\"\" <*>\"\r\n");
    file("Shop/Shop_2k.log_structured_corrected.csv", HEAD + "1,a 7,E1,a <*>\n");
    file("Shop/Shop_2k.log_templates.csv", "EventId,EventTemplate\nE1,a\n");

    LogCorpus corpus = read();

    assertThat(corpus.systems())
        .containsExactly(
            new LogSystem(
                "Shop",
                List.of(new ParsedLine("a, \"b\" 7", "E1", "a, \"b\" <*>")),
                List.of(new ParsedLine("a 7", "E1", "a <*>"))));
    assertThat(corpus.streams()).isEmpty();
    assertThat(corpus.origin().flaws()).isEmpty();
  }

  @Test
  void aLineWithoutEventIsLeftOut() throws IOException {
    file("Shop_2k.log_structured.csv", HEAD + "1,a,,\n2,b,E2,b\n");

    assertThat(read().systems().get(0).lines()).hasSize(1);
  }

  @Test
  void aLineThatCannotBeReadIsNamedAndTheRestIsRead() throws IOException {
    file("Shop_2k.log_structured.csv", HEAD + "1,a,E1,a\n2,b\n3,c,E3,c\n4,\"d,E4,d\n");

    LogCorpus corpus = read();

    assertThat(corpus.systems().get(0).lines()).hasSize(2);
    assertThat(corpus.origin().flaws())
        .containsExactly(
            new Flaw("Shop_2k.log_structured.csv", 3, "has 2 fields where the head has 4"),
            new Flaw("Shop_2k.log_structured.csv", 5, "a quotation mark is never closed"));
  }

  @Test
  void aSystemOfAnotherHeadIsNamed() throws IOException {
    file("Shop_2k.log_structured.csv", "a,b\n1,2\n");

    LogCorpus corpus = read();

    assertThat(corpus.isEmpty()).isTrue();
    assertThat(corpus.origin().flaws())
        .containsExactly(
            new Flaw(
                "Shop_2k.log_structured.csv", 0, "has no columns Content, EventId, EventTemplate"));
  }

  @Test
  void sessionsAndPlainLogsAreFound() throws IOException {
    file("blocks/sessions.csv", "id,split,label,events\nx,train,0,E1 E2\ny,test,1,E3\n");
    file("web/Access.log", "GET /\n");
    file("web/other.csv", "a,b\n1,2\n");

    LogCorpus corpus = read();

    assertThat(corpus.sessions())
        .containsEntry(
            "blocks",
            List.of(
                new Session(true, false, List.of("E1", "E2")),
                new Session(false, true, List.of("E3"))));
    assertThat(corpus.streams()).containsOnlyKeys("access");
    assertThat(corpus.origin().flaws()).isEmpty();
  }
}
