// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.chat;

/** The languages of messages. */
public enum Language {
  EN,
  ZH
}
