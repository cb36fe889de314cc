// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tocsin.models.rules.Glob;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigReaderTest {
  enum Owner {
    STATEFUL_SET,
    DEPLOYMENT
  }

  record Limits(long bodyBytes, int labelBytes, Duration timeout, double share) {
    Limits {
      require(bodyBytes >= labelBytes, "bodyBytes must not be less than labelBytes");
      require(!timeout.isZero(), "timeout must be longer than zero");
      require(share <= 1, "share must be at most 1");
    }

    private static void require(boolean condition, String sentence) {
      if (!condition) {
        throw new IllegalArgumentException(sentence);
      }
    }
  }

  record Target(
      URI url, @Nullable Secret token, @Default("10s") Duration timeout, List<String> tags) {
    Target {
      if (!"http".equals(url.getScheme())) {
        throw new IllegalArgumentException("url must begin with http://");
      }
    }
  }

  record Tls(Path certificate, @Default("deployment") Owner owner) {}

  record Settings(
      String name,
      boolean enabled,
      int count,
      Owner owner,
      Limits limits,
      List<Target> targets,
      Map<String, Glob> labels,
      @Nullable Tls tls) {}

  private static final Settings DEFAULTS =
      new Settings(
          "shop",
          true,
          3,
          Owner.DEPLOYMENT,
          new Limits(1000, 10, Duration.ofSeconds(5), 0.5),
          List.of(new Target(URI.create("http://a"), null, Duration.ofSeconds(1), List.of())),
          Map.of("job", new Glob("*")),
          null);

  private static final Map<String, String> ENVIRONMENT =
      Map.of("TOKEN", "hunter2", "REGION", "eu", "EMPTY", "");

  @TempDir Path directory;

  private Settings read(String yaml) throws ConfigException {
    return ConfigReader.read(
        Settings.class, DEFAULTS, new ConfigText("shop.yaml", yaml), ENVIRONMENT);
  }

  private List<String> problems(String yaml) {
    return refusal(yaml).problems().stream()
        .map(problem -> problem.path() + ": " + problem.sentence())
        .toList();
  }

  private ConfigException refusal(String yaml) {
    ConfigException refusal = catchThrowableOfType(ConfigException.class, () -> read(yaml));
    assertThat(refusal).as("a refusal of\n" + yaml).isNotNull();
    return refusal;
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# nothing\n", "---\n", "limits:\n", "limits: {}\n"})
  void whatTheFileLeavesOutKeepsItsDefault(String yaml) throws ConfigException {
    assertThat(read(yaml)).isEqualTo(DEFAULTS);
  }

  @Test
  void everyFormOfValueIsRead() throws ConfigException {
    Settings settings =
        read(
            """
            name: 8080
            enabled: false
            count: 1_000
            owner: stateful_set
            limits: {bodyBytes: 32MiB, labelBytes: 8KB, timeout: 1h30m, share: 10%}
            targets:
              - url: http://one:9093/x
                token: ${env:TOKEN}
                timeout: 250ms
                tags: [no, "on", 1.0]
              - url: http://two
            labels: {job: shop|cart*, "a.b": "*"}
            tls:
              certificate: /etc/cert.pem
            """);
    assertThat(settings.name()).isEqualTo("8080");
    assertThat(settings.enabled()).isFalse();
    assertThat(settings.count()).isEqualTo(1000);
    assertThat(settings.owner()).isEqualTo(Owner.STATEFUL_SET);
    assertThat(settings.limits())
        .isEqualTo(new Limits(32 << 20, 8000, Duration.ofMinutes(90), 0.1));
    assertThat(settings.targets())
        .containsExactly(
            new Target(
                URI.create("http://one:9093/x"),
                new Secret("hunter2"),
                Duration.ofMillis(250),
                List.of("no", "on", "1.0")),
            new Target(URI.create("http://two"), null, Duration.ofSeconds(10), List.of()));
    assertThat(settings.labels())
        .isEqualTo(Map.of("job", new Glob("shop|cart*"), "a.b", new Glob("*")));
    assertThat(settings.tls()).isEqualTo(new Tls(Path.of("/etc/cert.pem"), Owner.DEPLOYMENT));
  }

  @Test
  void nestedRecordsAreMergedAndListsReplaced() throws ConfigException {
    Settings settings = read("limits: {timeout: 7d}\ntargets:\nlabels:\n");
    assertThat(settings.limits()).isEqualTo(new Limits(1000, 10, Duration.ofDays(7), 0.5));
    assertThat(settings.targets()).isEmpty();
    assertThat(settings.labels()).isEmpty();
  }

  @Test
  void allProblemsAreReportedAtOnceEachWithItsPathAndPlace() {
    ConfigException refusal =
        refusal(
            """
            nmae: x
            count: many
            owner: deploymnt
            limits:
              bodyBytes: 5
              timeout: soon
            targets:
              - url: http://ok
              - url: ftp://wrong
              - token: x
              - just words
            tls: [1]
            count: 4
            """);
    assertThat(refusal)
        .hasMessage(
            """
            10 problems in shop.yaml:
              - nmae: is not known here; did you mean name? (line 1, column 1)
              - count: "many" is not a whole number (line 2, column 8)
              - owner: "deploymnt" is none of stateful-set, deployment; did you mean deployment?\
             (line 3, column 8)
              - limits.bodyBytes: must not be less than labelBytes (line 5, column 14)
              - limits.timeout: "soon" is not a duration; write numbers with ms, s, m, h or d,\
             such as 30s or 1h30m (line 6, column 12)
              - targets[1].url: must begin with http:// (line 9, column 10)
              - targets[2].url: is missing (line 10, column 5)
              - targets[3]: must be a section with keys, but is a single value (line 11, column 5)
              - tls: must be a section with keys, but is a list (line 12, column 6)
              - count: is given twice; keep one of them (line 13, column 1)\
            """);
  }

  @Test
  void aRecordThatRefusesItsValuesIsNamedByItsPathAndDoesNotHideOthers() {
    assertThat(problems("limits: {bodyBytes: 5}\ncount: x\n"))
        .containsExactly(
            "limits.bodyBytes: must not be less than labelBytes",
            "count: \"x\" is not a whole number");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "limits: {bodyBytes: 32XB}; limits.bodyBytes: \"32XB\" is not a size",
        "limits: {labelBytes: 4GiB}; limits.labelBytes: \"4GiB\" is too large",
        "limits: {share: NaN}; limits.share: \"NaN\" is not a number",
        "limits: {share: 1e999}; limits.share: \"1e999\" is too large",
        "limits: {timeout: 5}; limits.timeout: \"5\" is not a duration",
        "limits: {timeout: -5s}; limits.timeout: \"-5s\" is not a duration",
        "limits: {timeout: 5 s}; limits.timeout: \"5 s\" is not a duration",
        "count: 3000000000; count: \"3000000000\" is too large",
        "count: 1.5; count: \"1.5\" is not a whole number",
        "count:; count: has no value",
        "count: [1]; count: must be a single value, but is a list",
        "enabled: yes; enabled: \"yes\" is neither true nor false",
        "targets: x; targets: must be a list, but is a single value",
        "labels: [x]; labels: must be a section with keys, but is a list",
        "labels: {a.b: ''}; labels[\"a.b\"]: \"\" must not be empty",
        "targets: [{url: 'http://a b'}]; targets[0].url: \"http://a b\" is not a URL",
        "max-count: 3; max-count: is not known here",
        "Enabled: true; Enabled: is not known here; did you mean enabled?",
        "[1]; : must be a section with keys, but is a list",
        "just words; : must be a section with keys, but is a single value",
        "? [a]; : has a key that is no word",
        "<<: {count: 1}; [\"<<\"]: is not known here",
      },
      quoteCharacter = '`')
  void aWrongValueIsNamed(String yaml, String problem) {
    assertThat(problems(yaml)).singleElement().asString().contains(problem.strip());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name: 'open",
        "name: [1, 2",
        "\tname: x",
        "name: x\n name: y",
        "name: *nobody",
        "a: 1\n---\nb: 2\n",
        "name: \u0000",
        "%YAML 9.9\n---\n{}"
      })
  void whatIsNotYamlIsOneProblem(String yaml) {
    assertThat(problems(yaml)).singleElement().asString().startsWith(": this is not YAML: ");
  }

  @Test
  void aSyntaxErrorHasItsLine() {
    assertThat(refusal("name: x\ncount: [1, 2\nowner: y\n").problems().get(0).line()).isEqualTo(3);
  }

  @Test
  void aliasesAndDepthAreBounded() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
    for (int i = 1; i < 40; i++) {
      bomb.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }
    assertThat(problems(bomb.toString())).singleElement().asString().contains("aliases");
    assertThat(problems("name: " + "[".repeat(5000))).singleElement().asString().contains("epth");
  }

  @Test
  void tagsMakeNoObjects() {
    assertThat(problems("count: !!java.net.URL [\"http://localhost\"]"))
        .singleElement()
        .asString()
        .contains("tag is not allowed");
  }

  @Test
  void anAliasStandsForWhatItNames() throws ConfigException {
    Settings settings = read("targets: [{url: &u http://x}, {url: *u}]");
    assertThat(settings.targets().get(1).url()).isEqualTo(URI.create("http://x"));
  }

  @Test
  void referencesArePutInAnywhereInAValue() throws ConfigException, IOException {
    Path secret = Files.writeString(directory.resolve("token"), "from file\r\n");
    Settings settings =
        read(
            """
            name: shop-${env:REGION}-${env:ZONE:-a:b}-$${env:REGION}$$
            targets:
              - {url: "http://${env:REGION}.example", token: "${file:%s}"}
              - {url: "http://x", tags: ["${env:EMPTY}"]}
            """
                .formatted(secret));
    assertThat(settings.name()).isEqualTo("shop-eu-a:b-${env:REGION}$$");
    assertThat(settings.targets().get(0).url()).isEqualTo(URI.create("http://eu.example"));
    assertThat(settings.targets().get(0).token()).isEqualTo(new Secret("from file"));
    assertThat(settings.targets().get(1).tags()).containsExactly("");
  }

  @Test
  void aKeyThatIsThereMustNotBeEmpty() throws IOException {
    Path nothing = Files.writeString(directory.resolve("nothing"), "\n");
    assertThat(
            problems(
                """
                targets:
                  - {url: http://x, token: "${env:NONE:-}"}
                  - {url: http://x, token: ""}
                  - {url: http://x, token: "${file:%s}"}
                  - {url: http://x, token: }
                tls:
                """
                    .formatted(nothing)))
        .containsExactly(
            "targets[0].token: is empty; give a value or remove the key",
            "targets[1].token: is empty; give a value or remove the key",
            "targets[2].token: is empty; give a value or remove the key",
            "targets[3].token: is empty; give a value or remove the key",
            "tls: is empty; give a value or remove the key");
  }

  @Test
  void aSecretWhoseDefaultIsEmptyMayBeEmpty() throws ConfigException {
    record Open(@Default("") Secret token) {}
    record Doors(List<Open> doors) {}
    assertThat(
            ConfigReader.read(
                Doors.class,
                new Doors(List.of()),
                new ConfigText("doors.yaml", "doors: [{token: '${env:NONE:-}'}, {}]"),
                ENVIRONMENT))
        .isEqualTo(new Doors(List.of(new Open(new Secret("")), new Open(new Secret("")))));
  }

  @Test
  void everythingThatARecordRefusesIsFound() {
    assertThat(
            problems(
                """
                count: many
                limits:
                  timeout: 0s
                  bodyBytes: 5
                  share: 2
                """))
        .containsExactly(
            "count: \"many\" is not a whole number",
            "limits.timeout: must be longer than zero",
            "limits.bodyBytes: must not be less than labelBytes",
            "limits.share: must be at most 1");
  }

  @Test
  void whatOnlyTogetherIsWrongIsAProblemOfTheSection() {
    assertThat(problems("limits: {bodyBytes: 50, labelBytes: 60}"))
        .containsExactly("limits: bodyBytes must not be less than labelBytes");
  }

  @Test
  void aValueThatIsWrongDoesNotMakeAnotherOneWrong() {
    assertThat(problems("limits: {bodyBytes: lots, labelBytes: 2000}"))
        .singleElement()
        .asString()
        .startsWith("limits.bodyBytes: \"lots\" is not a size");
  }

  @Test
  void whatCannotBePutInIsAProblem() {
    assertThat(
            problems(
                """
                name: ${env:NOBODY}
                owner: ${secret:x}
                targets:
                  - {url: http://x, token: "${file:/no/such/file}"}
                  - {url: http://x, token: "${env:TOKEN"}
                """))
        .satisfiesExactly(
            one -> assertThat(one).startsWith("name: the environment variable NOBODY is not set"),
            two -> assertThat(two).startsWith("owner: ${secret:x} is no reference"),
            three ->
                assertThat(three)
                    .startsWith("targets[0].token: the file /no/such/file cannot be read"),
            four -> assertThat(four).startsWith("targets[1].token: ${env:TOKEN is no reference"));
  }

  @Test
  void whatAReferencePutsInIsNeverPrinted() throws ConfigException {
    assertThat(refusal("count: ${env:TOKEN}").getMessage())
        .contains("\"${env:TOKEN}\" is not a whole number")
        .doesNotContain("hunter2");
    assertThat(read("targets: [{url: http://x, token: hunter2}]").toString())
        .contains("(secret)")
        .doesNotContain("hunter2");
  }

  @Test
  void aFileIsReadAndNamed() throws ConfigException, IOException {
    Path file = Files.writeString(directory.resolve("shop.yaml"), "count: 5\n");
    assertThat(ConfigReader.read(Settings.class, DEFAULTS, file, Map.of()).count()).isEqualTo(5);
  }

  @Test
  void aFileThatCannotBeReadIsOneProblem() throws IOException {
    Path absent = directory.resolve("absent.yaml");
    Path binary = Files.write(directory.resolve("binary"), new byte[] {(byte) 0xff, 0});
    Path large = Files.writeString(directory.resolve("large"), "#".repeat((1 << 20) + 1));
    assertThat(fileRefusal(absent))
        .hasMessage(
            "1 problem in %s:\n  - the file cannot be read; see that it exists and may be read"
                .formatted(absent));
    assertThat(fileRefusal(binary)).hasMessageContaining("not UTF-8");
    assertThat(fileRefusal(large)).hasMessageContaining("larger than 1 MiB");
    assertThat(fileRefusal(directory)).hasMessageContaining("cannot be read");
  }

  private static ConfigException fileRefusal(Path file) {
    return catchThrowableOfType(
        ConfigException.class, () -> ConfigReader.read(Settings.class, DEFAULTS, file, Map.of()));
  }
}
