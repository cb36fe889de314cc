// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

final class PortsTest {
  @Test
  void aPortIsANumberFrom0To65535() {
    assertThat(Ports.isPort("0")).isTrue();
    assertThat(Ports.isPort("65535")).isTrue();
    assertThat(Ports.isPort("65536")).isFalse();
    assertThat(Ports.isPort("-1")).isFalse();
    assertThat(Ports.isPort("9201x")).isFalse();
    assertThat(Ports.isPort("")).isFalse();
  }

  @Test
  void aPortInUseIsNamedWithWhatToDo() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      assertThatThrownBy(() -> Ports.requireFree("127.0.0.1", port, "choose another"))
          .isInstanceOf(LocalRunException.class)
          .hasMessage(
              "Port " + port + " is already in use; end what listens there or choose another.");
    }
  }

  @Test
  void anAddressOfAnotherMachineIsNamedWithWhatToDo() {
    assertThatThrownBy(() -> Ports.requireFree("192.0.2.1", 9201, "choose another"))
        .isInstanceOf(LocalRunException.class)
        .hasMessageMatching("Nothing can listen at 192\\.0\\.2\\.1:9201: .+; choose another\\.");
  }

  @Test
  void anyPortIsAlwaysFree() {
    assertThatCode(() -> Ports.requireFree("192.0.2.1", 0, "")).doesNotThrowAnyException();
  }
}
