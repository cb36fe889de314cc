// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.local;

import io.tocsin.connectors.config.Suggestion;
import io.tocsin.jobs.shop.Fault;
import io.tocsin.jobs.shop.FaultKind;
import io.tocsin.jobs.shop.Service;
import io.tocsin.jobs.shop.Topology;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** What is to be broken, and how. */
record FaultChoice(String service, FaultKind kind) {

  /**
   * What these words mean.
   *
   * @throws LocalRunException when they mean nothing; the message says what would
   */
  static FaultChoice of(String service, String kind) {
    Service known =
        Topology.find(service).orElseThrow(() -> unknown("service", service, services()));
    List<String> possible =
        Arrays.stream(FaultKind.values())
            .filter(one -> one.canHappenTo(known))
            .map(FaultKind::word)
            .toList();
    FaultKind found = FaultKind.of(kind).orElseThrow(() -> unknown("kind", kind, kinds()));
    if (!found.canHappenTo(known)) {
      throw new LocalRunException(
          "%s cannot happen to %s; what can: %s."
              .formatted(kind, service, String.join(", ", possible)));
    }
    return new FaultChoice(service, found);
  }

  /** What {@code SERVICE:KIND} means. */
  static FaultChoice of(String text) {
    String[] parts = text.split(":", -1);
    if (parts.length != 2) {
      throw new LocalRunException(
          "The fault %s must be SERVICE:KIND, as in payments:bad-deploy.".formatted(text));
    }
    return of(parts[0], parts[1]);
  }

  /** Some fault, the same for the same seed. */
  static FaultChoice some(long seed) {
    Random random = new Random(seed);
    List<Service> services = Topology.services();
    Service service = services.get(random.nextInt(services.size()));
    List<FaultKind> kinds =
        Arrays.stream(FaultKind.values()).filter(one -> one.canHappenTo(service)).toList();
    return new FaultChoice(service.name(), kinds.get(random.nextInt(kinds.size())));
  }

  /** This fault from a time on, until somebody ends it. */
  Fault from(long time) {
    return new Fault(service, kind, time, Long.MAX_VALUE);
  }

  /**
   * What a command line says.
   *
   * @throws ParameterException when it means nothing; the message says what would
   */
  static FaultChoice given(CommandLine line, Supplier<FaultChoice> choice) {
    try {
      return choice.get();
    } catch (LocalRunException e) {
      throw new ParameterException(line, String.valueOf(e.getMessage()), e);
    }
  }

  private static List<String> kinds() {
    return Arrays.stream(FaultKind.values()).map(FaultKind::word).toList();
  }

  static List<String> services() {
    return Topology.services().stream().map(Service::name).toList();
  }

  private static LocalRunException unknown(String what, String word, List<String> known) {
    return new LocalRunException(
        "There is no %s %s%s Choose one of: %s."
            .formatted(
                what, word, meant(word, known), known.stream().collect(Collectors.joining(", "))));
  }

  private static String meant(String word, List<String> known) {
    String suggestion = Suggestion.forWord(word, known);
    return suggestion.isEmpty() ? "." : suggestion;
  }
}
