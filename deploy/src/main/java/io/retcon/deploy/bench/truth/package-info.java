/** Whether effects are what they are said to be, on a world in which the truth is known. */
package io.retcon.deploy.bench.truth;
