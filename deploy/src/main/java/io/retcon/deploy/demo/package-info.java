/** A synthetic world in which the truth is known, for the demo and for tests of the whole loop. */
package io.retcon.deploy.demo;
