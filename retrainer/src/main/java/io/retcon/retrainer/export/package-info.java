/** Windows as folders of token files, which other trainers read, and which are read here again. */
package io.retcon.retrainer.export;
