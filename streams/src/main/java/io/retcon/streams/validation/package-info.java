/** Specs: their text, their JSON Schema, and whether they agree with what the topics hold. */
package io.retcon.streams.validation;
