// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.local;

import io.tocsin.connectors.config.Secret;
import io.tocsin.connectors.prometheus.PrometheusAddress;
import io.tocsin.connectors.prometheus.PrometheusException;
import io.tocsin.jobs.local.Backfill.Progress;
import io.tocsin.jobs.local.Console.Wait;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code ./tocsin backfill}: lets a Tocsin that runs learn from what Prometheus remembers. */
@CommandLine.Command(
    name = "backfill",
    mixinStandardHelpOptions = true,
    description = {
      "Lets a Tocsin that runs learn from the history in a Prometheus, so that its bands are good"
          + " from the first day. Nobody is told of what it finds there.",
      ""
    },
    footer = {
      "",
      "In this order: start Tocsin, run this, let Prometheus write to Tocsin. Metrics that come"
          + " live already are no harm on their first day: their series begin anew with their"
          + " history and are watched again when it has caught up. Series that have learned for"
          + " longer, or from history before, take none; the metrics job counts it as late.",
      "Tokens and passwords are better given by the environment: TOCSIN_PROMETHEUS_TOKEN,"
          + " TOCSIN_PROMETHEUS_PASSWORD, TOCSIN_GATEWAY_TOKEN."
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class BackfillCommand implements Command {
  private static final String ALL = "{__name__!=\"\"}";
  private static final int MOST_HOURS = 24 * 366;

  @Option(
      names = "--prometheus",
      paramLabel = "URL",
      required = true,
      converter = UpCommand.WebAddress.class,
      description = "The Prometheus, VictoriaMetrics or Thanos Query that has the history.")
  private URI prometheus;

  @ArgGroup(multiplicity = "1")
  private Begin begin;

  /** One of the two. */
  static final class Begin {
    @Option(
        names = "--hours",
        paramLabel = "N",
        description = "How many hours back it begins; 168 for a week.")
    private @Nullable Integer hours;

    @Option(
        names = "--from",
        paramLabel = "TIME",
        converter = Times.class,
        description = "When it begins instead, such as 2026-11-20T08:00:00Z.")
    private @Nullable Instant from;
  }

  @Option(
      names = "--until",
      paramLabel = "TIME",
      converter = Times.class,
      description =
          "When it ends; now unless given. Series that come live already wait for the rest of their"
              + " history for 15 minutes, then go on without.")
  private @Nullable Instant until;

  @Option(
      names = "--gateway",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:9201",
      converter = UpCommand.WebAddress.class,
      description = "Tocsin's gateway; ${DEFAULT-VALUE} unless given.")
  private URI gateway;

  @Option(
      names = "--match",
      paramLabel = "SELECTOR",
      description = "Which series, such as '{job=\"shop\"}'; repeat it for more; all unless given.")
  private List<String> selectors = List.of(ALL);

  @Option(
      names = "--label",
      paramLabel = "NAME=VALUE",
      description =
          "A label that Prometheus adds when it writes to Tocsin, so that live series are the same;"
              + " its external_labels are known.")
  private Map<String, String> labels = Map.of();

  @Option(
      names = "--window",
      paramLabel = "DURATION",
      defaultValue = "5m",
      converter = Durations.class,
      description = "How much is asked for at once; ${DEFAULT-VALUE} unless given.")
  private Duration window;

  @Option(names = "--token", paramLabel = "TOKEN", description = "Bearer token of Prometheus.")
  private @Nullable String token;

  @Option(names = "--user", paramLabel = "USER", description = "User of Prometheus.")
  private @Nullable String user;

  @Option(names = "--password", paramLabel = "PASSWORD", description = "Password of that user.")
  private @Nullable String password;

  @Option(
      names = "--gateway-token",
      paramLabel = "TOKEN",
      description = "Bearer token of the gateway.")
  private @Nullable String gatewayToken;

  @Option(
      names = "--flink",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:8081",
      converter = UpCommand.WebAddress.class,
      description =
          "Flink's web interface, to wait until all is learned and to count it; ${DEFAULT-VALUE}"
              + " unless given.")
  private URI flink;

  @Spec private CommandSpec spec;

  /** Reads times of RFC 3339. */
  static final class Times implements ITypeConverter<Instant> {
    @Override
    public Instant convert(String text) {
      try {
        return OffsetDateTime.parse(text).toInstant();
      } catch (DateTimeParseException e) {
        throw new TypeConversionException(
            "'" + text + "' is not a time; write one such as 2026-11-20T08:00:00Z");
      }
    }
  }

  @Override
  public Integer call() throws InterruptedException {
    BackfillSettings settings = settings(Clock.systemUTC());
    Backfill backfill = new Backfill(settings, Clock.systemUTC());
    try (Console console = Console.standard()) {
      HistoryLearned learned = HistoryLearned.of(flink);
      Wait wait = console.begin("History from " + settings.prometheus().url());
      Progress sent = run(backfill, settings, wait);
      if (sent.samples() == 0) {
        throw new LocalRunException(
            "%s has no samples of %s since %s; nothing was sent."
                .formatted(
                    prometheus,
                    String.join(", ", settings.selectors()),
                    at(settings.from().toEpochMilli())));
      }
      wait.done(told(sent, settings));
      learned.await(sent.samples(), console);
    }
    return 0;
  }

  private static Progress run(Backfill backfill, BackfillSettings settings, Wait wait)
      throws InterruptedException {
    long began = System.nanoTime();
    try {
      return backfill.run(progress -> show(progress, System.nanoTime() - began, wait));
    } catch (PrometheusException | IOException e) {
      throw new LocalRunException(
          "%s. %s".formatted(e.getMessage(), remedy(backfill, settings)), e);
    }
  }

  /** Live samples are held back for a quarter of an hour; then what is missing is too late. */
  private static String remedy(Backfill backfill, BackfillSettings settings) {
    return backfill.reached() == settings.from().toEpochMilli()
        ? "Nothing was sent."
        : "All up to %s is sent; go on with --from %s within 15 minutes, or before metrics come live."
            .formatted(at(backfill.reached()), at(backfill.reached()));
  }

  private static void show(Progress progress, long nanos, Wait wait) {
    double seconds = nanos / 1e9 * (1 / progress.part() - 1);
    wait.progress(
        progress.part(),
        String.format(
            Locale.ROOT,
            "window %d of %d, %,d samples, %,d series, %.0f s left",
            progress.windows(),
            progress.of(),
            progress.samples(),
            progress.series(),
            seconds));
  }

  private static String told(Progress sent, BackfillSettings settings) {
    String left =
        sent.histograms() == 0
            ? ""
            : String.format(
                Locale.ROOT,
                "; %,d native histograms were left out, which Prometheus does not give whole",
                sent.histograms());
    return String.format(
            Locale.ROOT,
            "%,d samples of up to %,d series at once, from %s to %s, are sent",
            sent.samples(),
            sent.series(),
            at(settings.from().toEpochMilli()),
            at(sent.reached()))
        + left;
  }

  private static Instant at(long millis) {
    return Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.SECONDS);
  }

  /** What was asked for, once it makes sense. */
  private BackfillSettings settings(Clock clock) {
    Instant now = clock.instant();
    Instant from = begin.from != null ? begin.from : now.minus(hours());
    Instant end = until == null ? now : until;
    if (!from.isBefore(end) || end.isAfter(now)) {
      throw wrong("The history must begin before it ends, and end before now");
    }
    return new BackfillSettings(
        address(),
        gateway,
        new Secret(given(gatewayToken, "TOCSIN_GATEWAY_TOKEN")),
        selectors,
        labels,
        from,
        until,
        window);
  }

  private Duration hours() {
    int hours = begin.hours == null ? 0 : begin.hours;
    if (hours < 1 || hours > MOST_HOURS) {
      throw wrong("--hours must be from 1 to " + MOST_HOURS);
    }
    return Duration.ofHours(hours);
  }

  private PrometheusAddress address() {
    String bearer = given(token, "TOCSIN_PROMETHEUS_TOKEN");
    String secret = given(password, "TOCSIN_PROMETHEUS_PASSWORD");
    if (user != null && !bearer.isEmpty()) {
      throw wrong("Give a token or a user, not both");
    }
    if (user != null) {
      return PrometheusAddress.withPassword(prometheus, user, new Secret(secret));
    }
    return bearer.isEmpty()
        ? PrometheusAddress.open(prometheus)
        : PrometheusAddress.withToken(prometheus, new Secret(bearer));
  }

  private static String given(@Nullable String option, String variable) {
    return option != null ? option : System.getenv().getOrDefault(variable, "");
  }

  private ParameterException wrong(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }
}
