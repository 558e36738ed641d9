/**
 * How long the jar takes to be ready, with and without what Java may prepare beforehand, and how much memory it takes while it
 * works: {@code mvn -q -Pstart-up verify}, on Debian's PostgreSQL 15 and on every Java that is named.
 */
@NullMarked
package dev.sluice.gateway.startup;

import org.jspecify.annotations.NullMarked;
