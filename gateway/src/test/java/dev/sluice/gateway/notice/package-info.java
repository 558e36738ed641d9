/** What organizations are told, all the way from a callback that fails. */
@NullMarked
package dev.sluice.gateway.notice;

import org.jspecify.annotations.NullMarked;
