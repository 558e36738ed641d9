/** The console in a browser: every page, and the ways people go through them, with a mouse and without. One browser for all. */
@NullMarked
package dev.sluice.gateway.console.browser;

import org.jspecify.annotations.NullMarked;
