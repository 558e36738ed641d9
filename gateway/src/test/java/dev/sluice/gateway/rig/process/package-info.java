/**
 * What tests need of the machine to run something as a process of its own: JVMs that end with the tests at the latest,
 * signals, free ports, and the clock that all processes have in common. Knows nothing of what is run.
 */
@NullMarked
package dev.sluice.gateway.rig.process;

import org.jspecify.annotations.NullMarked;
