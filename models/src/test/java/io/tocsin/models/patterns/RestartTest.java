// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.patterns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RestartTest {
  private static final String[] KINDS = {
    "user %s logged in from 10.0.0.%d",
    "session of %s closed after %d ms",
    "%s: retry %d",
    "cache miss for key=%s size=%d",
    "state changed to %s (%d)",
    "lost %s, %d left; giving up"
  };
  private static final String[] NAMES = {
    "alice", "bob", "carol", "DAVE", "e_ve", "mallory.x", "trent", "UP", "DOWN", "node7"
  };

  private static List<String> lines(int count) {
    SplittableRandom random = new SplittableRandom(3);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String kind = KINDS[random.nextInt(KINDS.length)];
      lines.add(String.format(kind, NAMES[random.nextInt(NAMES.length)], random.nextInt(100)));
    }
    return lines;
  }

  @Test
  void aRestartAnywhereChangesNothing() {
    Service steady = new Service();
    Service restarted = new Service();
    for (String line : lines(400)) {
      assertThat(restarted.line(line)).isEqualTo(steady.line(line));
      restarted.restart();
    }

    assertThat(restarted.state()).isEqualTo(steady.state());
    assertThat(restarted.table().patterns()).isEqualTo(steady.table().patterns());
    assertThat(restarted.table().bytes()).isEqualTo(steady.table().bytes());
  }

  @Test
  void aRestartChangesNothingWhilePatternsAreEvicted() {
    PatternSettings settings = new PatternSettings(5, 8_192, 512, 64, 30, 4);
    Service steady = new Service(settings);
    Service restarted = new Service(settings);
    for (String line : lines(400)) {
      assertThat(restarted.line(line)).isEqualTo(steady.line(line));
      restarted.restart();
    }

    assertThat(restarted.state()).isEqualTo(steady.state());
  }

  @Test
  void aCopyGoesItsOwnWay() {
    Service service = new Service();
    lines(100).forEach(service::line);
    byte[] before = service.state();
    PatternTable copy = service.table().copy();

    byte[] other = "something else, entirely".getBytes(StandardCharsets.UTF_8);
    long unused = service.miner().learn(copy, other, 0, other.length, 5);

    assertThat(service.state()).isEqualTo(before);
    assertThat(copy.size()).isEqualTo(service.table().size() + 1);
  }

  /** Ids are kept by those who silence or link to a pattern: they never change. */
  @Test
  void idsAreTheSameInEveryRelease() {
    assertThat(new Service().line("user 17 logged in from 10.0.0.1"))
        .isEqualTo(2548310401991605167L);
    assertThat(
            new PatternMiner(PatternSettings.DEFAULTS).learn(new PatternTable(8), line(), 0, 2, 0))
        .isNotEqualTo(
            new PatternMiner(PatternSettings.DEFAULTS).learn(new PatternTable(9), line(), 0, 2, 0));
  }

  /** Another layout needs another version and a migration. */
  @Test
  void theLayoutOfStateIsThatOfItsVersion() {
    Service service = new Service();
    List<Long> unused = service.lines("a x 7", "a y 7", "a z 7", "a w 7");

    assertThat(HexFormat.of().formatHex(service.state()))
        .isEqualTo(
            "0100000000000000070000000000004de700000001bf95bbe8f25abe354bd5576a30b3c5fb000000"
                + "00000000000000000000000003000000000000000400000005612078203700030000000961203c2a"
                + "3e203c2a3e0db8ead056bc81f3100001000000000000000100000000000000001200010000000200"
                + "00000500000000000000000100010000000600000009000000026d5af466253810fabf95bbe8f25a"
                + "be35cddb4ddeb6631076bf95bbe8f25abe35");
  }

  private static byte[] line() {
    return "ok".getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void anotherVersionIsRefusedByNumber() {
    byte[] other = {99, 0, 0};

    assertThatThrownBy(
            () -> PatternTable.read(new DataInputStream(new ByteArrayInputStream(other))))
        .isInstanceOf(IOException.class)
        .hasMessage("patterns are of version 99; this release reads version 1");
  }
}
