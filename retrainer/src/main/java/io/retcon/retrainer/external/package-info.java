/**
 * Retrainings by programs of the operator's: the arm's window and a config go out as files, a
 * checkpoint comes back as a folder.
 */
package io.retcon.retrainer.external;
