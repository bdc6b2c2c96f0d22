/** Specs: their text, its bounds and JSON Schema, what it means, and its canonical form. */
package io.retcon.schemas.spec;
