/**
 * Customers' configured connections to elements, and the endpoints that their events go to.
 *
 * <p>What is secret in a configuration is stored encrypted only. Every change is told to all nodes with the commit that
 * makes it, so that {@link dev.sluice.persistence.instance.InstanceCache} is at most a second behind.
 */
@NullMarked
package dev.sluice.persistence.instance;

import org.jspecify.annotations.NullMarked;
