/**
 * Instances on a customer's behalf: what a request asks of them is checked, and done.
 *
 * <p>A caller sees its own organization's instances and no other: another's is answered like one that does not exist.
 * Secrets go in and never come out; {@code ********} stands for them, and sent back means unchanged.
 */
@NullMarked
package dev.sluice.gateway.provisioning;

import org.jspecify.annotations.NullMarked;
