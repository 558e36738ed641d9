/** Sessions where no server is needed to see them. */
@NullMarked
package dev.sluice.gateway.console.session;

import org.jspecify.annotations.NullMarked;
