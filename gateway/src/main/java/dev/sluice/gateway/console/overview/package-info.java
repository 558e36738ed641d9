/**
 * The console's first page: how much an organization receives and delivers, how fast its callbacks answer, what waits, and
 * whether what must always hold does. It reads counts and never the logs, and shows no other organization's figures.
 */
@NullMarked
package dev.sluice.gateway.console.overview;

import org.jspecify.annotations.NullMarked;
