// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.models.incidents.Incident.Transition;
import io.tocsin.models.telemetry.SeriesHash;
import java.awt.Color;
import java.awt.GraphicsEnvironment;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class SymptomPicturesTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.ofEpochMilli(Shown.ONSET + 300_000));
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Path LOOKED_AT = Path.of("target/pictures");

  private static SymptomPictures pictures(Knowledge knowledge) {
    return new SymptomPictures(knowledge, CLOCK, SymptomChart::png, PATIENCE);
  }

  private static BufferedImage image(ByteBuffer png) throws IOException {
    byte[] bytes = new byte[png.remaining()];
    png.duplicate().get(bytes);
    return ImageIO.read(new ByteArrayInputStream(bytes));
  }

  private static long pixels(BufferedImage image, Color colour) {
    int[] all = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    return Arrays.stream(all).filter(each -> each == colour.getRGB()).count();
  }

  /** What the series was in the quarter of an hour before. */
  private static List<Trail.Point> past() {
    List<Trail.Point> past = new ArrayList<>();
    for (int second = -900; second < 0; second += 15) {
      past.add(
          Trail.Point.observed(Shown.ONSET + second * 1_000L, 0.4 + 0.2 * Math.sin(second / 70.0)));
    }
    return past;
  }

  private static Knowledge shopWithItsPast() {
    long series = SeriesHash.of(Shown.errors("http_requests_total", "symptom").labels());
    return Shown.shop((wanted, from, to) -> Map.of(series, past()));
  }

  @Test
  void showsValuesBandAndOnsetWithoutAScreen() throws Exception {
    Picture picture = pictures(shopWithItsPast()).of(Shown.ID).join().orElseThrow();
    Files.createDirectories(LOOKED_AT);
    BufferedImage image = image(picture.png());
    ImageIO.write(image, "png", LOOKED_AT.resolve("symptom.png").toFile());

    assertThat(GraphicsEnvironment.isHeadless()).isTrue();
    assertThat(picture.path()).isEqualTo("/incidents/" + Shown.ID + "/symptom.png?revision=2");
    assertThat(picture.png().remaining()).isLessThan(100_000);
    assertThat(image.getWidth()).isEqualTo(SymptomChart.WIDTH);
    assertThat(image.getHeight()).isEqualTo(SymptomChart.HEIGHT);
    assertThat(pixels(image, SymptomChart.OBSERVED)).isGreaterThan(2_000);
    assertThat(pixels(image, SymptomChart.BAND)).isGreaterThan(2_000);
  }

  @Test
  void isDrawnAnewOnlyForOtherValues() {
    Knowledge knowledge = Shown.shop();
    AtomicInteger drawn = new AtomicInteger();
    SymptomPictures pictures =
        new SymptomPictures(
            knowledge,
            CLOCK,
            (symptom, points) -> ByteBuffer.allocate(drawn.incrementAndGet()),
            PATIENCE);

    pictures.of(Shown.ID).join();
    pictures.of(Shown.ID).join();
    knowledge.trails().take(Shown.value("symptom", 315, 3));
    assertThat(pictures.of(Shown.ID).join().orElseThrow().png().remaining()).isEqualTo(2);
  }

  @Test
  void anIncidentWithoutValuesHasNone() {
    Knowledge knowledge = Shown.nothing();
    knowledge.stories().take(Shown.incident(Shown.ID, Transition.OPENED, 1));

    assertThat(pictures(knowledge).of(Shown.ID).join()).isEmpty();
    assertThat(pictures(knowledge).of("0000000000000000").join()).isEmpty();
  }

  @Test
  void withoutFontsThereIsNoneAndNothingFails() {
    for (Error missing :
        List.of(new InternalError("no fonts"), new UnsatisfiedLinkError("no libfreetype"))) {
      SymptomPictures pictures =
          new SymptomPictures(
              Shown.shop(),
              CLOCK,
              (symptom, points) -> {
                throw missing;
              },
              PATIENCE);
      assertThat(pictures.of(Shown.ID).join()).isEmpty();
    }
  }

  @Test
  void aPastThatTakesLongIsLeftOut() {
    CountDownLatch never = new CountDownLatch(1);
    Knowledge knowledge =
        Shown.shop(
            (wanted, from, to) -> {
              try {
                never.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return Map.of();
            });
    try {
      SymptomPictures pictures =
          new SymptomPictures(knowledge, CLOCK, SymptomChart::png, Duration.ofMillis(20));
      assertThat(pictures.of(Shown.ID).join()).isPresent();
    } finally {
      never.countDown();
      knowledge.close();
    }
  }
}
