/** Whether a spec agrees with what the topics hold. */
package io.retcon.streams.validation;
