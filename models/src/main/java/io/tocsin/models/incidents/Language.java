// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.incidents;

/** The languages in which incidents are told. */
public enum Language {
  ENGLISH,
  CHINESE;

  Wording wording() {
    return switch (this) {
      case ENGLISH -> new EnglishWording();
      case CHINESE -> new ChineseWording();
    };
  }
}
