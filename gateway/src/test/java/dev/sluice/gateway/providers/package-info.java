/** Providers on loopback: a real OAuth server, and in front of it what each provider does differently. */
@NullMarked
package dev.sluice.gateway.providers;

import org.jspecify.annotations.NullMarked;
