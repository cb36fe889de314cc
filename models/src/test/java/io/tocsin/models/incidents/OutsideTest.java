// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.incidents;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutsideTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET https://api.example.com/v2/rates returned 503",
        "upload failed host=bucket.storage.example.net code=SlowDown",
        "dial tcp: lookup smtp.example.org on 10.0.0.10:53: i/o timeout",
        "dial mail.example.org:587: connection refused",
        "lookup cart.shop.svc.cluster.local: no such host",
        "remote error: x509: certificate has expired or is not yet valid"
      })
  void linesSpeakOfTheOutside(String line) {
    assertThat(Outside.isOutside(line)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST http://payments.shop.svc:8443/charge returned 502",
        "dial tcp 10.1.2.3:5432: connection refused",
        "panic at github.com/shop/cart/store.go:41",
        "Traceback: app.py:120 in charge",
        "com.example.shop.CartController: null pointer",
        "upstream payments timed out after 3000 ms",
        "connected to host=db.internal"
      })
  void orOfOurselves(String line) {
    assertThat(Outside.isOutside(line)).isFalse();
  }
}
