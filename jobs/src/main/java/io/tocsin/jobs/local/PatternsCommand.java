// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tocsin.models.logs.LogPattern;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./tocsin patterns}: lists the patterns of log lines that a running system has seen. */
@CommandLine.Command(
    name = "patterns",
    mixinStandardHelpOptions = true,
    description = "Lists the patterns of log lines that a running Tocsin has seen.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class PatternsCommand implements Command {
  @Option(
      names = "--kafka",
      paramLabel = "HOST:PORT",
      description = "Kafka's bootstrap servers; those of what runs here unless given.")
  private @Nullable String bootstrapServers;

  @Option(names = "--service", paramLabel = "NAME", description = "Patterns of this service only.")
  private String service = "";

  @Option(
      names = "--text",
      paramLabel = "TEXT",
      description = "Patterns that have this text in their template or sample, in any case.")
  private String text = "";

  @Option(names = "--json", description = "Prints JSON, one array, instead of a table.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    String servers =
        bootstrapServers == null
            ? BrokerFile.ofThisCheckout().read().orElseThrow(PatternsCommand::nothingRuns)
            : bootstrapServers;
    List<LogPattern> all = read(servers);
    List<LogPattern> patterns = all.stream().filter(this::isWanted).sorted(ORDER).toList();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(json(patterns));
    } else {
      print(patterns, out);
      out.print(all.isEmpty() ? NOTHING_YET : "");
      out.flush();
    }
    return 0;
  }

  private static final String NOTHING_YET =
      "Nothing has been seen yet; a pattern is listed some 25 s after its first line.%n"
          .formatted();

  /** In the place of a service that the lines do not name. */
  private static final String NAMELESS = "(no service)";

  private static final Comparator<LogPattern> ORDER =
      Comparator.comparing((LogPattern each) -> each.entity().namespace())
          .thenComparing(each -> each.entity().subject())
          .thenComparing(Comparator.comparingLong(LogPattern::count).reversed())
          .thenComparing(LogPattern::id);

  private static List<LogPattern> read(String servers) {
    try {
      return PatternList.read(servers);
    } catch (KafkaException e) {
      throw new LocalRunException(
          "The patterns cannot be read from Kafka at %s: %s.".formatted(servers, Causes.first(e)),
          e);
    }
  }

  private static LocalRunException nothingRuns() {
    return new LocalRunException(
        "Nothing runs here; start ./tocsin demo or ./tocsin up, or name Kafka with --kafka.");
  }

  private boolean isWanted(LogPattern pattern) {
    String searched = (pattern.template() + "\n" + pattern.sample()).toLowerCase(Locale.ROOT);
    return pattern.mergedInto().isEmpty()
        && (service.isEmpty() || pattern.entity().subject().equals(service))
        && searched.contains(text.toLowerCase(Locale.ROOT));
  }

  static void print(List<LogPattern> patterns, PrintWriter out) {
    String shown = "";
    for (LogPattern each : patterns) {
      String namespace = each.entity().namespace();
      String subject = each.entity().subject();
      String place =
          (namespace.isEmpty() ? "" : namespace + " / ") + (subject.isEmpty() ? NAMELESS : subject);
      if (!place.equals(shown)) {
        out.println((shown.isEmpty() ? "" : "\n") + place);
        shown = place;
      }
      out.printf(
          Locale.ROOT,
          "  %s  %,9d  %s to %s  %-5s %s%n      > %s%n",
          each.id(),
          each.count(),
          time(each.firstSeen()),
          time(each.lastSeen()),
          each.level(),
          line(each.template()),
          line(each.sample()));
    }
    String noun = patterns.size() == 1 ? "pattern" : "patterns";
    out.printf(Locale.ROOT, "%s%,d %s%n", patterns.isEmpty() ? "" : "\n", patterns.size(), noun);
  }

  /** The first line of what may have several, and how many follow. */
  private static String line(String text) {
    long more = Math.max(0, text.lines().count() - 1);
    String first = text.lines().findFirst().orElse("");
    return more == 0 ? first : first + " (+%d more)".formatted(more);
  }

  private static String time(long millis) {
    return Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.SECONDS).toString();
  }

  static String json(List<LogPattern> patterns) {
    ArrayNode all = new ObjectMapper().createArrayNode();
    for (LogPattern each : patterns) {
      ObjectNode one = all.addObject();
      one.put("id", each.id());
      one.put("namespace", each.entity().namespace());
      one.put("service", each.entity().subject());
      one.put("pattern", each.template());
      one.put("level", each.level());
      one.put("count", each.count());
      one.put("firstSeen", Instant.ofEpochMilli(each.firstSeen()).toString());
      one.put("lastSeen", Instant.ofEpochMilli(each.lastSeen()).toString());
      one.put("sample", each.sample());
    }
    return all.toPrettyString();
  }
}
