/** What records must say beyond their schemas. */
package io.retcon.schemas.contract;
