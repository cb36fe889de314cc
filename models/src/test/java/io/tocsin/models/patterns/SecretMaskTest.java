// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.patterns;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretMaskTest {
  private final SecretMask mask = new SecretMask();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          login password=hunter2 ok                     | login password=<secret> ok
          login password="hun ter2" ok                  | login password="<secret>" ok
          {"user":"jo","password":"hunter2"}            | {"user":"jo","password":"<secret>"}
          {"api_key": 12345, "n": 1}                    | {"api_key": <secret>, "n": 1}
          db.passwd: s3cret                             | db.passwd: <secret>
          AWS_SECRET_ACCESS_KEY=abc                     | AWS_SECRET_ACCESS_KEY=<secret>
          GET /a?token=abc&x=1                          | GET /a?token=<secret>&x=1
          Authorization: Bearer abc.def-123             | Authorization: Bearer <secret>
          authorization: Basic dXNlcjpwYXNz             | authorization: Basic <secret>
          got Bearer abCDef123456 from x                | got Bearer <secret> from x
          run --user jo --password hunter2 --dry        | run --user jo --password <secret> --dry
          run --password "hun ter2" --dry               | run --password "<secret>" --dry
          exec ["run","--password","hunter2","x"]       | exec ["run","--password","<secret>","x"]
          mysql --db-password=hunter2 -x                | mysql --db-password=<secret> -x
          key AKIAIOSFODNN7EXAMPLE used                 | key <secret> used
          jwt eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln | jwt <secret>
          pushed with ghp_0123456789abcdefABCD          | pushed with <secret>
          secret wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY | secret <secret>
          mail to jane.doe+x@example.org sent           | mail to <email> sent
          card 4111 1111 1111 1111 declined             | card <card> declined
          card 4111-1111-1111-1111 declined             | card <card> declined
          card 378282246310005.                         | card <card>.
          open postgres://bob:pw@db:5432/x              | open postgres://<secret>@db:5432/x
          x-session_id=8f7e                             | x-session_id=<secret>
          Cookie: sid=8f7e; session=x1, GET /           | Cookie: <secret>, GET /
          Set-Cookie: sid=8f7e;                         | Set-Cookie: <secret>
          a -----BEGIN RSA PRIVATE KEY----- MIIE -----END RSA PRIVATE KEY----- b | a <secret> b
          a -----BEGIN PRIVATE KEY----- MIIE            | a <secret>
          """)
  void secretsAreHidden(String text, String masked) {
    assertThat(mask.masked(text)).isEqualTo(masked);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          Failed password for root from 10.0.0.1 port 22
          token expired
          run --password --dry
          give --token
          unknown option "--token", try "--help"
          ["--password"]
          order 4111 1111 1111 1112 shipped
          block blk_38865049064139660 of 4096 bytes
          trace 4bf92f3577b34da6a3ce929d0e0e4736 ended
          uuid 7d3c9a40-11aa-4bcd-9f00-0123456789ab
          commit 2fd4e1c67a2d28fced849ee1bb76e7391b93eb12
          org.apache.hadoop.mapreduce.v2.app.MRAppMaster2Runner started
          basic checks passed
          bearer of bad news
          time 1700000000000 and 20240501102030
          GET http://shop.example/cart?id=7
          a@b
          password=
          """)
  void allElseIsLeftAsItIs(String text) {
    assertThat(mask.masked(text)).isEqualTo(text);
  }

  @Test
  void samplesAndTemplatesHaveTheirSecretsHidden() {
    Service service = new Service();

    long unused = service.line("login of jane@example.org with password=hunter failed");

    Pattern pattern = service.table().patterns().get(0);
    assertThat(pattern.sample()).isEqualTo("login of <email> with password=<secret> failed");
    assertThat(pattern.template()).isEqualTo("login of <*> with password=<*> failed");
    assertThat(service.line("login of jo@example.org with password=other failed"))
        .isEqualTo(pattern.id());
    assertThat(new String(service.state(), StandardCharsets.ISO_8859_1)).doesNotContain("hunter");
  }

  @Test
  void whatIsCutIsCutAfterSecretsAreHidden() {
    byte[] text = "password=hunter2".getBytes(StandardCharsets.UTF_8);

    assertThat(mask.masked(text, 0, text.length, 12))
        .asString(StandardCharsets.UTF_8)
        .isEqualTo("password=<se");
  }
}
