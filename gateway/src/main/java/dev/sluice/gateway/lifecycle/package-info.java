/**
 * Starting and stopping: which database, in what order the parts begin and end, and whether this node is ready. The only
 * place that may block or subscribe.
 */
@NullMarked
package dev.sluice.gateway.lifecycle;

import org.jspecify.annotations.NullMarked;
