/** The application: HTTP in, HTTP out. Here is only the entry point; each package below does one thing. */
@NullMarked
package dev.sluice.gateway;

import org.jspecify.annotations.NullMarked;
