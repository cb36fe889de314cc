// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.config;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** A value that must not be printed: a token, a password, a URL that holds one. */
public final class Secret implements Serializable {
  private final String value;

  public Secret(String value) {
    this.value = value;
  }

  /** The value itself, for the one place that uses it. */
  public String reveal() {
    return value;
  }

  /** Compares in a time that does not depend on where the values differ. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Secret that && MessageDigest.isEqual(bytes(), that.bytes());
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  /** Never the value. */
  @Override
  public String toString() {
    return "(secret)";
  }

  private byte[] bytes() {
    return value.getBytes(StandardCharsets.UTF_8);
  }
}
