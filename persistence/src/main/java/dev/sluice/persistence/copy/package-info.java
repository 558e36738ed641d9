/** PostgreSQL's binary COPY format, written in pieces of bounded size however large a row is. */
@NullMarked
package dev.sluice.persistence.copy;

import org.jspecify.annotations.NullMarked;
