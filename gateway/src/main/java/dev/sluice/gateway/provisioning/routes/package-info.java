/** The customer's API for instances and their settings: its routes, what their requests name, and how they are answered. */
@NullMarked
package dev.sluice.gateway.provisioning.routes;

import org.jspecify.annotations.NullMarked;
