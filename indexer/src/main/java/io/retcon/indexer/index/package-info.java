/** Windows of history as Lucene indexes: one for each run, window and partition. */
package io.retcon.indexer.index;
