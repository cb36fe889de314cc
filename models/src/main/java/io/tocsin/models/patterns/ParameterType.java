// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.patterns;

/** What a variable part of a line looks like. The order is that of written state: append only. */
public enum ParameterType {
  /** A word of which nothing but its variation says that it is a parameter. */
  WORD,
  /** A whole or decimal number, signed or grouped, or a percentage. */
  NUMBER,
  /** An IPv4 or IPv6 address. */
  IP,
  /** Hexadecimal digits: an address, a checksum, a trace id. */
  HEX,
  /** A UUID. */
  UUID,
  /** A date, a time of day or both. */
  TIMESTAMP,
  /** A file's path. */
  PATH,
  /** A URL. */
  URL,
  /** An e-mail address. */
  EMAIL,
  /** A number with a unit of time. */
  DURATION,
  /** A number with a unit of bytes. */
  SIZE,
  /** Text in quotation marks. */
  QUOTED,
  /** Letters and digits mixed: a block's, a request's, a container's id. */
  ID,
  /** Several parameters in a row, of which there may be more or fewer. */
  LIST,
  /** A host's name with a port. */
  HOST
}
