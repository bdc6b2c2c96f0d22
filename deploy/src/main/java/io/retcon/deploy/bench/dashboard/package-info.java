/** How soon the dashboard shows what happens, and to how many. */
package io.retcon.deploy.bench.dashboard;
