/** The console as browsers and hostile senders meet it, on one gateway for all tests. */
@NullMarked
package dev.sluice.gateway.console;

import org.jspecify.annotations.NullMarked;
