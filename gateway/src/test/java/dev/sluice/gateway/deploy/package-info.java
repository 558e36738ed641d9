/** What lies in {@code deploy/}: rendered, and read as the cluster would. */
package dev.sluice.gateway.deploy;
