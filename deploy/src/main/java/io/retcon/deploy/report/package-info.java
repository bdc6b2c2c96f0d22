/** Effects for people: a sentence, a plot in the terminal, a page. */
package io.retcon.deploy.report;
