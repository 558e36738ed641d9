/**
 * What trouble costs: endpoints that hang, millions of owed deliveries, snapshots that are held open. Ratios within one run,
 * so that a slow machine says the same as a fast one. {@code mvn -q -Pbench-trouble verify}
 */
@NullMarked
package dev.sluice.gateway.trouble;

import org.jspecify.annotations.NullMarked;
