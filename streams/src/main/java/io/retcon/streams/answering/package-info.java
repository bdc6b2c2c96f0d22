/** Documents that a program of the user's rewrites: its answers become plans. */
package io.retcon.streams.answering;
