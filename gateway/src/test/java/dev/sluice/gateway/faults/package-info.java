/**
 * The promise, put to the test from outside: what was acknowledged is neither lost nor changed, whatever goes wrong. A
 * {@link dev.sluice.gateway.faults.FaultRun} puts load on an {@link dev.sluice.gateway.faults.Installation}, has one {@link
 * dev.sluice.gateway.faults.Fault} after the other strike, and lays the ledger it kept beside the log and the callback.
 * {@code verify} runs a short slice, {@code mvn -q -Pfaults verify} all of it.
 */
@NullMarked
package dev.sluice.gateway.faults;

import org.jspecify.annotations.NullMarked;
