/** A backup made by the scripts of {@code deploy/backup} is worth something: what it holds is delivered. */
@NullMarked
package dev.sluice.gateway.backup;

import org.jspecify.annotations.NullMarked;
