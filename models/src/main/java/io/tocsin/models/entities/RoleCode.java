// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.entities;

import io.tocsin.models.rules.Role;

/** How roles lie in entries and in state; fixed for ever. */
final class RoleCode {
  private static final Role[] ROLES = {Role.SYMPTOM, Role.EVIDENCE, Role.IGNORED};

  private RoleCode() {}

  static byte of(Role role) {
    return switch (role) {
      case SYMPTOM -> 0;
      case EVIDENCE -> 1;
      case IGNORED -> 2;
    };
  }

  static Role role(byte code) {
    return ROLES[code];
  }
}
